import { describe, expect, it } from 'vitest';
import { createDocker, diagnose } from './docker.ts';
import { isForgotten, ownedLabels, thisOwner } from './labels.ts';
import { labelsIn } from './sweep.ts';

describe('a Docker that does not work is told with what to do', () => {
  it('when there is none', async () => {
    await expect(createDocker('no-such-docker').run(['version'])).rejects.toMatchObject({
      code: 'E_DOCKER_MISSING',
      message: expect.stringContaining('https://docs.docker.com'),
    });
  });

  it.each([
    [
      'E_DOCKER_DOWN',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ],
    [
      'E_DOCKER_DENIED',
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    ],
    [undefined, 'pull access denied for todo'],
  ])('%s', (code, said) => {
    expect(diagnose(new Error(said))?.code).toBe(code);
  });

  it('with the last lines of what it said', async () => {
    // A program that is everywhere, in place of one that fails at will.
    const attempt = createDocker(process.execPath).run([
      '--eval',
      'for (let line = 0; line < 40; line++) console.error(`line ${line}.`); process.exit(1)',
    ]);
    await expect(attempt).rejects.toMatchObject({
      code: 'E_DOCKER',
      message: expect.stringMatching(/^"docker --eval .*" failed.*line 25\..*line 39\.$/s),
    });
    await expect(attempt).rejects.not.toMatchObject({
      message: expect.stringContaining('line 20.'),
    });
  });
});

describe('what is labelled', () => {
  const labels = ownedLabels('05-docker', { pid: 4711, machine: 'laptop' });

  it('is forgotten when its process on this machine is gone', () => {
    expect(isForgotten(labels, 'laptop', () => false)).toBe(true);
    expect(isForgotten(labels, 'laptop', () => true)).toBe(false);
  });

  it('is never ours to judge when another machine or nobody of us made it', () => {
    expect(isForgotten(labels, 'server', () => false)).toBe(false);
    expect(isForgotten({ maintainer: 'me' }, 'laptop', () => false)).toBe(false);
  });

  it('reads the same from `docker ps`', () => {
    const told = Object.entries(labels).map((pair) => pair.join('='));
    expect(labelsIn(told.join(','))).toEqual(labels);
    expect(labelsIn('a=1,b,c=x=y')).toEqual({ a: '1', b: '', c: 'x=y' });
  });

  it('names its machine in letters that every label may hold', () => {
    expect(thisOwner().machine).toMatch(/^[a-z0-9]([\w.-]*[a-z0-9])?$/i);
  });
});
