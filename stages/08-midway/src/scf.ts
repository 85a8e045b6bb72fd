import { MainConfiguration } from './configuration.ts';
import { appDirectory } from './starter/http-starter.ts';
import { ScfStarter } from './starter/scf-starter.ts';

// #region entry
export const { initializer, main_handler, getStarter } = new ScfStarter().open({
  appDir: appDirectory(__dirname),
  imports: [MainConfiguration],
});
// #endregion entry
