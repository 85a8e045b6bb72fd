import { MainConfiguration } from './configuration.ts';
import { FcStarter } from './starter/fc-starter.ts';
import { appDirectory } from './starter/http-starter.ts';

// #region entry
export const { initializer, handler, getStarter } = new FcStarter().open({
  appDir: appDirectory(__dirname),
  imports: [MainConfiguration],
});
// #endregion entry
