import { createUserApp } from './apps/user.ts';
import { tableAccountStore } from './models/account-store.ts';
import { openTables, tableAddress } from './models/table.ts';
import { createTokens, signingKey } from './models/token.ts';
import { serve } from './serve.ts';

// #region entry
const app = createUserApp({
  tokens: createTokens(signingKey(process.env)),
  accounts: tableAccountStore(openTables(tableAddress(process.env))),
});

serve(app, process.env['PORT'] ?? '3003');
// #endregion entry
