import path from 'node:path';
import type { MidwayAppInfo } from '@midwayjs/core';

/** All that differs from place to place comes from the environment; s.yaml and serverless.yml set it there. */
// #region config
export default (app: MidwayAppInfo) => ({
  table: {
    TABLESTORE_ENDPOINT: process.env['TABLESTORE_ENDPOINT'],
    TABLESTORE_INSTANCE: process.env['TABLESTORE_INSTANCE'],
    TABLESTORE_ACCESS_KEY_ID: process.env['TABLESTORE_ACCESS_KEY_ID'],
    TABLESTORE_ACCESS_KEY_SECRET: process.env['TABLESTORE_ACCESS_KEY_SECRET'],
  },
  token: { JWT_SECRET: process.env['JWT_SECRET'] },
  publicFolder: path.join(app.appDir, 'public'),
});
// #endregion config
