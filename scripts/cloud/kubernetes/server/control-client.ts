import { readdirSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type ClusterRecord,
  type ControlAnswer,
  type ControlRequest,
  RECORD,
  SOCKET,
} from './control-protocol.ts';

/** How the folder of every running cluster begins, after what all temporary folders of the course begin with. */
export const CONTROL_PREFIX = 'serverless-evolution-kube-';

/** A cluster that runs on this machine. */
export interface RunningCluster extends ClusterRecord {
  readonly socket: string;
}

/**
 * The clusters that run on this machine, the youngest first.
 *
 * @example findClusters()[0]?.stage // '06-kubernetes'
 */
export function findClusters(folder: string = tmpdir()): RunningCluster[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(CONTROL_PREFIX))
    .flatMap((name) => read(join(folder, name)) ?? [])
    .filter(({ pid }) => isAlive(pid))
    .toSorted((a, b) => b.started - a.started);
}

function read(folder: string): RunningCluster | undefined {
  try {
    const record = JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as ClusterRecord;
    return { ...record, socket: join(folder, SOCKET) };
  } catch {
    // Another user's, or one that is just coming or going.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Sends a command line to a running cluster and answers with its exit code.
 *
 * @example await sendLine(cluster, { tool: 'kubectl', words: ['get', 'pods'], files: {} }, { out: write, err: write })
 */
export async function sendLine(
  { socket }: RunningCluster,
  sent: ControlRequest,
  io: { out(text: string): void; err(text: string): void },
): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: socket, method: 'POST', path: '/' }, resolve)
      .once('error', reject)
      .end(JSON.stringify(sent));
  });
  for await (const line of createInterface({ input: response })) {
    const answer = JSON.parse(line) as ControlAnswer;
    if ('out' in answer) io.out(answer.out);
    else if ('err' in answer) io.err(answer.err);
    else return answer.code;
  }
  throw new Error('the cluster ended before the command did');
}
