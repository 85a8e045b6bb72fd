import { createApp } from './app.ts';
import { tableAddress } from './models/table.ts';
import { openTodoStore } from './models/todo-store.ts';
import { serve } from './serve.ts';

// #region entry
const app = createApp(openTodoStore(tableAddress(process.env)));

serve(app, process.env['PORT'] ?? '3001');
// #endregion entry
