import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Variables that the SDK assigns and never declares, which a module does not forgive. */
const UNDECLARED = ['cell_type', 'combinator', 'key', 'pro', 'size', 'sub'];

/**
 * Of every message of the protocol protobufjs has written more than the SDK calls: these methods are two
 * thirds of 670 kB. Each ends with a bracket at the indentation that it begins at.
 */
const UNCALLED_METHOD =
  /^( +)\w+(?:\.prototype)?\.(?:verify|fromObject|toObject|toJSON|encodeDelimited|decodeDelimited) = function \w+\([^)]*\) \{\n[\s\S]*?\n\1\};\n/gm;

/** Messages of search indexes, which the local Tablestore has not, are more than half of the rest. */
const SEARCH_MESSAGES = /^\$root\.search = \(function\(\) \{\n[\s\S]*?\n\}\)\(\);/m;

/** What reads answers to SQL, which the local Tablestore has not either. */
const SQL_READERS = /^(flatbuffers|\.\/sql_generated\.js)$/;

/**
 * Makes a module that a tab can load of the official Tablestore SDK, which is written for Node and for
 * scripts that are not strict.
 *
 * @example await build({ plugins: [tablestorePlugin, vendorPlugin] })
 */
export const tablestorePlugin: Plugin = {
  name: 'lab-tablestore',
  setup(build) {
    const isInSdk = (folder: string): boolean => /[/\\]tablestore[/\\]lib\b/.test(folder);
    // What the SDK has for browsers is a build of its own with files that are not in the package.
    build.onResolve({ filter: /^\.{1,2}\/util(\.js)?$/ }, ({ path, resolveDir }) =>
      isInSdk(resolveDir)
        ? { path: join(resolveDir, path.endsWith('.js') ? path : `${path}.js`) }
        : undefined,
    );
    build.onResolve({ filter: SQL_READERS }, ({ path, resolveDir }) =>
      isInSdk(resolveDir) ? { path, namespace: 'lab-without-sql' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'lab-without-sql' }, () => ({
      contents: 'module.exports = {};',
    }));
    build.onLoad({ filter: /[/\\]tablestore[/\\]lib[/\\].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return {
        contents: path.endsWith('tablestore_compiled_proto.js') ? lighter(text) : declared(text),
      };
    });
  },
};

/** The messages that a stage can send and get. */
function lighter(messages: string): string {
  return messages
    .replace(SEARCH_MESSAGES, '$root.search = { proto: {} };')
    .replaceAll(UNCALLED_METHOD, '');
}

function declared(text: string): string {
  const names = UNDECLARED.filter((name) => text.includes(name));
  return names.length === 0 ? text : `var ${names.join(', ')}; ${text}`;
}
