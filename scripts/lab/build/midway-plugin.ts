import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

interface Change {
  readonly from: string;
  readonly to: string;
}

/** Publishes what Midway is about to call, for whoever draws the way of a request. */
const PUBLISH = `require('diagnostics_channel').channel('midway.call').publish`;

/** File of a package -> what is changed in it. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  // A browser has nothing that keeps a value over an `await`: Midway's own manager for such places.
  'core/dist/setup.js': [
    {
      from: 'new asyncContextManager_1.AsyncLocalStorageContextManager()',
      to: 'new asyncContextManager_1.NoopContextManager()',
    },
  ],
  // Which file has put a middleware there is what leads from its name to a part of the diagram.
  'core/dist/baseFramework.js': [
    {
      from: '    useMiddleware(middleware) {\n',
      to: '    useMiddleware(middleware) {\n        for (const each of [middleware].flat()) Object(each).placedBy = new Error().stack;\n',
    },
  ],
  'core/dist/service/middlewareService.js': [
    {
      from: '                    if (!classMiddleware.match && ',
      to: '                    mw.called = { name: mwName, placedBy: classMiddleware.constructor.placedBy };\n                    if (!classMiddleware.match && ',
    },
    {
      from: '                const startTime = Date.now();\n',
      to: `                const startTime = Date.now();\n                if (fn.called) ${PUBLISH}(fn.called);\n`,
    },
  ],
  'faas/dist/framework.js': [
    {
      from: '                // invoke real method\n',
      to: `                ${PUBLISH}({ name: funModule.constructor.name + '.' + handlerName });\n`,
    },
  ],
};

const FILE = /[/\\]@midwayjs[/\\](core|faas)[/\\]dist[/\\].*\.js$/;

/**
 * Makes of Midway what a tab can run and show.
 *
 * @example await build({ plugins: [midwayPlugin, vendorPlugin] })
 */
export const midwayPlugin: Plugin = {
  name: 'lab-midway',
  setup(build) {
    build.onLoad({ filter: FILE }, async ({ path }) => {
      const name = path.replaceAll('\\', '/').replace(/.*\/@midwayjs\//, '');
      const changes = CHANGES[name];
      if (!changes) return undefined;
      let text = await readFile(path, 'utf8');
      for (const { from, to } of changes) {
        if (!text.includes(from))
          throw new Error(`${path}: expected "${from.trim()}", found a newer Midway.`);
        text = text.replaceAll(from, () => to);
      }
      return { contents: text };
    });
  },
};
