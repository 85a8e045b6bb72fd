import { toFcHandler } from './fc-adapter.ts';
import { createPageApp } from './page-app.ts';

// #region entry
const app = createPageApp();

export const handler = toFcHandler(app);
// #endregion entry
