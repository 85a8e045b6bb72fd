import { toFcHandler } from './fc-adapter.ts';
import { createTokens, signingKey } from './models/token.ts';
import { cdnAddress } from './page/assets.ts';
import { createPageApp } from './page-app.ts';

// #region entry
const app = createPageApp(cdnAddress(process.env), createTokens(signingKey(process.env)));

export const handler = toFcHandler(app);
// #endregion entry
