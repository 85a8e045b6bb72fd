import type { Docker } from './docker.ts';
import { isForgotten, OWNED, STAGE_LABEL, thisOwner } from './labels.ts';

interface Listed {
  readonly ID: string;
  readonly Names: string;
  /** `a=1,b=2` */
  readonly Labels: string;
}

/**
 * Removes the containers of commands that ended without a chance to, by SIGKILL or with the machine.
 * Answers with their names.
 *
 * @example await sweepContainers(createDocker(), isAlive) // ['serverless-evolution-web-1-3f2a9c01']
 */
export async function sweepContainers(
  docker: Docker,
  isAlive: (pid: number) => boolean,
): Promise<string[]> {
  const { machine } = thisOwner();
  const out = await docker.run([
    ...['ps', '--all', '--no-trunc', '--format', '{{json .}}'],
    ...['--filter', `label=${OWNED}`],
  ]);
  const forgotten = lines(out)
    .map((line) => JSON.parse(line) as Listed)
    .filter(({ Labels }) => isForgotten(labelsIn(Labels), machine, isAlive));
  if (forgotten.length > 0) {
    await docker.run(['rm', '--force', ...forgotten.map(({ ID }) => ID)]);
  }
  return forgotten.map(({ Names }) => Names);
}

/**
 * Removes the images that were built here, of one stage or of all. Answers with their names.
 *
 * @example await sweepImages(createDocker(), '05-docker') // ['serverless-evolution/05-docker:4b1f09aa12cd']
 */
export async function sweepImages(docker: Docker, stage?: string): Promise<string[]> {
  const out = await docker.run([
    ...['image', 'ls', '--filter', `label=${STAGE_LABEL}${stage === undefined ? '' : `=${stage}`}`],
    ...['--format', '{{.Repository}}:{{.Tag}} {{.ID}}'],
  ]);
  const removed: string[] = [];
  for (const line of lines(out)) {
    const [name = '', id = ''] = line.split(' ');
    const image = name.includes('<none>') ? id : name;
    // One that a container uses stays: somebody works with it.
    const done = await docker.run(['image', 'rm', image]).catch(() => undefined);
    if (done !== undefined) removed.push(image);
  }
  return removed;
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean);
}

/**
 * Labels as `docker ps` prints them.
 *
 * @example labelsIn('a=1,b=2') // { a: '1', b: '2' }
 */
export function labelsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
