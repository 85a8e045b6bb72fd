import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { kubectl } from '../engine/kubectl/kubectl.ts';
import type { Kubernetes } from '../engine/kubernetes.ts';
import {
  type ClusterRecord,
  type ControlAnswer,
  type ControlRequest,
  RECORD,
  type RealCluster,
  SOCKET,
  type Tool,
} from './control-protocol.ts';

/** The largest request, in bytes: manifests of a folder. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

export interface Control {
  close(): Promise<void>;
}

export interface ControlIo {
  out(text: string): void;
  err(text: string): void;
  readonly files: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Does what a line says and answers with its exit code. */
type Speak = (words: readonly string[], io: ControlIo) => Promise<number>;

/**
 * Lets other processes of this user speak kubectl, and what else there is, to a cluster, by a socket in a folder that is theirs alone.
 *
 * @example const control = await serveControl(kubernetes, makeTemporaryFolder('kube'), '06-kubernetes');
 */
export async function serveControl(
  kubernetes: Kubernetes,
  folder: string,
  stage: string,
  others: Partial<Record<Exclude<Tool, 'kubectl'>, Speak>> = {},
): Promise<Control> {
  const tools: Partial<Record<Tool, Speak>> = {
    kubectl: (words, io) => kubectl(kubernetes, words, io),
    ...others,
  };
  const server = createServer((incoming, outgoing) => {
    answer(tools, incoming, outgoing).catch((error: unknown) => {
      if (!outgoing.destroyed) outgoing.destroy(error as Error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(join(folder, SOCKET), resolve);
  });
  announceCluster(folder, stage, Object.keys(tools) as Tool[]);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Lets `npm run stage kubectl` find a cluster as long as this process lives. A real one is spoken to by the
 * kubectl of this machine.
 *
 * @example announceCluster(folder, '06-kubernetes', ['kubectl'], { context: 'kind-kind', namespace: 'todo' });
 */
export function announceCluster(
  folder: string,
  stage: string,
  tools: readonly Tool[],
  real?: RealCluster,
): void {
  const record: ClusterRecord = {
    stage,
    tools,
    pid: process.pid,
    started: Date.now(),
    ...(real && { real }),
  };
  writeFileSync(join(folder, RECORD), JSON.stringify(record));
}

async function answer(
  tools: Partial<Record<Tool, Speak>>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { tool, words, files } = JSON.parse(await textOf(incoming)) as ControlRequest;
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const say = (line: ControlAnswer): void => void outgoing.write(`${JSON.stringify(line)}\n`);
  // A watch that has nothing to say yet is open all the same.
  outgoing.flushHeaders();
  const io: ControlIo = {
    out: (out) => say({ out }),
    err: (err) => say({ err }),
    files,
    signal: gone.signal,
  };
  const code = (await tools[tool]?.(words, io)) ?? 1;
  outgoing.end(`${JSON.stringify({ code } satisfies ControlAnswer)}\n`);
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > MAX_REQUEST_BYTES)
      throw new Error(`a request of more than ${MAX_REQUEST_BYTES} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
