import { MainConfiguration } from './configuration.ts';
import { serve } from './serve.ts';
import { appDirectory } from './starter/http-starter.ts';
import { NodeStarter } from './starter/node-starter.ts';

// #region entry
const { initializer, listener } = new NodeStarter().open({
  appDir: appDirectory(__dirname),
  imports: [MainConfiguration],
});

void initializer().then(() => serve(listener, process.env['PORT'] ?? '3001'));
// #endregion entry
