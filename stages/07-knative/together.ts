import { createGateway } from './apps/gateway.ts';
import { createRuleApp } from './apps/rule.ts';
import { createUserApp } from './apps/user.ts';
import { tableAccountStore } from './models/account-store.ts';
import { openTables, tableAddress } from './models/table.ts';
import { openTodoStore } from './models/todo-store.ts';
import { createTokens, signingKey } from './models/token.ts';
import { serve } from './serve.ts';

// #region entry
// For a machine without a cluster: the three services in one process, and nothing to forward.
const tokens = createTokens(signingKey(process.env));
const address = tableAddress(process.env);

const app = createGateway({
  rule: createRuleApp({ tokens, todos: openTodoStore(address) }),
  user: createUserApp({ tokens, accounts: tableAccountStore(openTables(address)) }),
});

serve(app, process.env['PORT'] ?? '3001');
// #endregion entry
