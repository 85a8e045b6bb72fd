import { createGateway } from './apps/gateway.ts';
import { forward } from './gateway/forward.ts';
import { readServices } from './gateway/services.ts';
import { serve } from './serve.ts';

// #region entry
const { rule, user } = readServices(process.env);

serve(createGateway({ rule: forward(rule), user: forward(user) }), process.env['PORT'] ?? '3001');
// #endregion entry
