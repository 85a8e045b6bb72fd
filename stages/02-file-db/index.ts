import { createApp } from './app.ts';
import { serve } from './serve.ts';

// #region entry
const app = createApp();

serve(app, process.env['PORT'] ?? '3001');
// #endregion entry
