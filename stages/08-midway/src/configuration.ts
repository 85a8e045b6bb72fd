import {
  Config,
  Configuration,
  CustomModuleDetector,
  type ILifeCycle,
  type IMidwayContainer,
  MainApp,
} from '@midwayjs/core';
import * as faas from '@midwayjs/faas';
import { openTables, tableAddress } from '../models/table.ts';
import config from './config/config.default.ts';
import { ApiFunctions } from './function/api.ts';
import { IndexFunctions } from './function/index.ts';
import { UserFunctions } from './function/user.ts';
import { ErrorMiddleware } from './middleware/errors.ts';
import { JsonBodyMiddleware } from './middleware/json-body.ts';
import { SecurityMiddleware } from './middleware/security.ts';
import { StaticFilesMiddleware } from './middleware/static-files.ts';
import { TokenMiddleware } from './middleware/token.ts';
import { AccountService } from './service/accounts.ts';
import { TABLES } from './service/tables.ts';
import { TodoService } from './service/todos.ts';
import { TokenService } from './service/tokens.ts';

// #region modules
/** Named one by one instead of found on the disk: a bundle has no files to look through. */
const modules = [
  ...[IndexFunctions, UserFunctions, ApiFunctions],
  ...[TodoService, AccountService, TokenService],
  ...[ErrorMiddleware, SecurityMiddleware, StaticFilesMiddleware],
  ...[TokenMiddleware, JsonBodyMiddleware],
];
// #endregion modules

// #region configuration
@Configuration({
  imports: [faas],
  importConfigs: [{ default: config }],
  detector: new CustomModuleDetector({ modules }),
})
export class MainConfiguration implements ILifeCycle {
  @MainApp()
  app!: faas.Application;

  @Config('table')
  table!: NodeJS.ProcessEnv;

  async onReady(container: IMidwayContainer): Promise<void> {
    // One client for all requests of an instance. Who has registered another one before, as tests do, keeps it.
    if (!container.hasObject(TABLES))
      container.registerObject(TABLES, openTables(tableAddress(this.table)));
    // From the outside in: whatever one throws, the first answers.
    this.app.useMiddleware([
      ErrorMiddleware,
      SecurityMiddleware,
      StaticFilesMiddleware,
      TokenMiddleware,
    ]);
  }

  async onServerReady(container: IMidwayContainer): Promise<void> {
    const todos = await container.getAsync(TodoService);
    await todos.ready().catch((error: unknown) => {
      // No reason to lose the instance: each request tries again, and is told 503 until the table is there.
      console.error('the table is not ready:', error);
    });
  }
}
// #endregion configuration
