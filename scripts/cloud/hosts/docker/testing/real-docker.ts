import { execFileSync } from 'node:child_process';
import { createDocker, type Docker } from '../docker.ts';

/** What the tests of a real engine need: the engine, and an image of Node. */
export const NODE_IMAGE = process.env['NODE_IMAGE'] ?? 'node:24-bookworm-slim';

/**
 * Whether tests that need Docker are left out here. Where it has to be (REQUIRE_TARGETS), they are not: they fail.
 *
 * @example describe.skipIf(withoutDocker())('a container', () => {})
 */
export function withoutDocker(): boolean {
  if (process.env['REQUIRE_TARGETS']?.split(',').includes('docker')) return false;
  try {
    execFileSync('docker', ['image', 'inspect', NODE_IMAGE], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
}

/** Builds the fixture's image and answers with its name. */
export async function buildFixture(folder: string): Promise<{ docker: Docker; image: string }> {
  const docker = createDocker();
  const image = 'serverless-evolution/fixture:test';
  await docker.run([
    ...['build', '--pull=false', '--tag', image],
    ...['--build-arg', `NODE_IMAGE=${NODE_IMAGE}`],
    folder,
  ]);
  return { docker, image };
}
