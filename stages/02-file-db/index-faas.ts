import { createApp } from './app.ts';
import { toFcHandler } from './fc-adapter.ts';

// #region entry
const app = createApp();

export const handler = toFcHandler(app);
// #endregion entry
