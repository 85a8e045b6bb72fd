// `node scripts/lab/parity/program.ts`: serves the Lab and a bare page that runs it, and answers what the
// same stages do on Node. The browser tests start it, compare, and end it with SIGTERM.
import { createServer, type ServerResponse } from 'node:http';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import type { PlatformEvent } from '../../cloud/shared/events.ts';
import { listExperiments } from '../../experiments/load.ts';
import { readRecording } from '../../experiments/store.ts';
import { findStage, readStages, type Stage } from '../../stages/catalogue.ts';
import { copyStage } from '../../stages/copy.ts';
import { makeTemporaryFolder } from '../../stages/temporary.ts';
import { deploy } from '../../targets/index.ts';
import { buildLab, labStages } from '../build/index.ts';
import { record, type Told } from './transcript.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.html': 'text/html; charset=utf-8',
};

const stages = labStages(readStages());
const folder = await buildLab(stages);
const script = await bundlePage();

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://lab');
  answer(pathname, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});

async function answer(path: string, response: ServerResponse): Promise<void> {
  const send = (type: string, body: string | Buffer): void =>
    void response
      .writeHead(200, {
        'content-type': TYPES[type] ?? 'text/plain',
        'cache-control': 'max-age=3600',
      })
      .end(body);
  const [, area, stage, target] = path.split('/');
  if (path === '/')
    return send(
      '.html',
      '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Lab</title><script type="module" src="/page.js"></script>',
    );
  if (path === '/page.js') return send('.js', script);
  if (path === '/experiments.json')
    return send('.json', JSON.stringify(stages.map((each) => [each.id, listExperiments(each)])));
  if (area === 'recorded')
    return send(
      '.json',
      JSON.stringify(readRecording(findStage(stages, stage ?? ''), target ?? '')),
    );
  if (area === 'node')
    return send(
      '.json',
      JSON.stringify(await onNode(findStage(stages, stage ?? ''), target ?? '')),
    );
  const file = join(folder, path.replace(/^\/lab\//, ''));
  if (!path.startsWith('/lab/') || path.includes('..') || !existsSync(file))
    return void response.writeHead(404).end();
  send(extname(file), readFileSync(file));
}

/** The script on the Node host, on a copy whose todos nobody has. */
async function onNode(stage: Stage, target: string): Promise<Told[]> {
  const directory = makeTemporaryFolder('parity');
  try {
    copyStage(stage, directory);
    symlinkSync(join(stage.directory, 'node_modules'), join(directory, 'node_modules'));
    const events: PlatformEvent[] = [];
    const deployment = await deploy({ ...stage, directory }, target as 'process' | 'fc' | 'scf', {
      port: 0,
      emit: (event) => events.push(event),
    });
    try {
      return await record(deployment, events);
    } finally {
      await deployment.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The page's script, with every stage's experiments. */
async function bundlePage(): Promise<string> {
  const imports = stages.flatMap((stage) =>
    listExperiments(stage).map((name) => ({
      key: `${stage.id}/${name}`,
      file: join(stage.directory, 'experiments', `${name}.ts`),
    })),
  );
  // Assigned after all imports, before anybody calls the page.
  const contents = [
    ...imports.map(({ file }, index) => `import e${index} from ${JSON.stringify(file)};`),
    `import ${JSON.stringify(join(import.meta.dirname, 'page.ts'))};`,
    `globalThis.experiments = { ${imports.map(({ key }, index) => `${JSON.stringify(key)}: e${index}`).join(', ')} };`,
  ].join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
