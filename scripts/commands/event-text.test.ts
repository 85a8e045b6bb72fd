import { describe, expect, it } from 'vitest';
import type { PlatformChange } from '../cloud/shared/events.ts';
import { createEventText } from './event-text.ts';

function linesOf(...changes: readonly PlatformChange[]): (string | undefined)[] {
  const textOf = createEventText((_, text) => text);
  return changes.map((change) => textOf({ at: 0, ...change }));
}

describe('events as lines', () => {
  it('say where an edge has its answer from', () => {
    const asked = { request: 'c1', to: 'cdn', method: 'GET', path: '/app.js' };
    const answered = { request: 'c1', from: 'cdn', status: 200, milliseconds: 1 };
    expect(
      linesOf(
        { type: 'request', ...asked },
        { type: 'cache', request: 'c1', node: 'cdn', outcome: 'miss' },
        { type: 'response', ...answered },
        { type: 'request', ...asked },
        { type: 'cache', request: 'c1', node: 'cdn', outcome: 'hit' },
        { type: 'response', ...answered },
      ).filter((line) => line !== undefined),
    ).toEqual(['cdn      > GET /app.js 200 miss 1 ms', 'cdn      > GET /app.js 200 hit 1 ms']);
  });

  it('tell the life of an instance, lined up', () => {
    expect(
      linesOf(
        { type: 'instance-starting', instance: 'web-1', service: 'web' },
        { type: 'log', instance: 'web-1', stream: 'stdout', text: 'hello' },
        { type: 'instance-ready', instance: 'web-1', service: 'web', milliseconds: 12.6 },
        { type: 'instance-stopped', instance: 'web-1', service: 'web', reason: 'idle', code: 0 },
        {
          type: 'instance-stopped',
          instance: 'web-1',
          service: 'web',
          reason: 'killed',
          code: null,
        },
      ),
    ).toEqual([
      'web-1    * starting',
      'web-1    | hello',
      'web-1    * ready after 13 ms',
      'web-1    * reclaimed, nobody asked for it, exit code 0',
      'web-1    * killed',
    ]);
  });

  it('tell a request when it is answered, refused or out of time', () => {
    expect(
      linesOf(
        { type: 'request', request: 'r1', to: 'todo', method: 'GET', path: '/api/rule' },
        { type: 'hop', request: 'r1', from: 'todo', to: 'todo-1' },
        { type: 'response', request: 'r1', from: 'todo', status: 200, milliseconds: 3.2 },
        { type: 'throttled', request: 'r2', service: 'todo', limit: 2 },
        { type: 'timed-out', request: 'r3', instance: 'todo-1', milliseconds: 3000 },
      ),
    ).toEqual([
      undefined,
      undefined,
      'todo     > GET /api/rule 200 3 ms',
      'todo     ! refused: all 2 instances are busy',
      'todo-1   ! no answer in 3000 ms',
    ]);
  });

  it('tell what a cluster does with its pods', () => {
    expect(
      linesOf(
        {
          type: 'instance-waiting',
          instance: 'todo-5d7-x2',
          service: 'todo',
          reason: 'CrashLoopBackOff',
          message: 'back-off 10s',
        },
        {
          type: 'probe-failed',
          instance: 'todo-5d7-x2',
          service: 'todo',
          message: 'Readiness probe failed',
        },
        { type: 'scaled', service: 'todo', from: 2, to: 5, reason: 'cpu above target' },
        { type: 'endpoints-changed', service: 'todo', instances: ['a', 'b'] },
        { type: 'endpoints-changed', service: 'todo', instances: [] },
      ),
    ).toEqual([
      'todo-5d7-x2 ! CrashLoopBackOff',
      'todo-5d7-x2 ! Readiness probe failed',
      'todo        * from 2 to 5 instances: cpu above target',
      'todo        * requests go to a, b',
      'todo        * nobody gets requests',
    ]);
  });

  it('tell what becomes of revisions and their requests', () => {
    const revision = 'user-v2';
    expect(
      linesOf(
        { type: 'request', request: 'r1', to: 'ingress', method: 'GET', path: '/' },
        { type: 'request-held', request: 'r1', revision, waiting: 3 },
        {
          type: 'autoscaled',
          revision,
          stable: 3,
          panic: 3,
          target: 70,
          ready: 0,
          desired: 1,
          isPanic: false,
          excessBurstCapacity: -211,
        },
        { type: 'path-changed', revision, activator: false },
        { type: 'path-changed', revision, activator: true },
        { type: 'revision-changed', service: 'user', revision, ready: 'True' },
        {
          type: 'revision-changed',
          service: 'user',
          revision,
          ready: 'Unknown',
          reason: 'Deploying',
        },
        {
          type: 'revision-changed',
          service: 'user',
          revision,
          ready: 'False',
          reason: 'ExitCode1',
          message: 'no database',
        },
        {
          type: 'traffic-changed',
          service: 'user',
          targets: [
            { revision: 'user-v1', percent: 50, tag: 'v1' },
            { revision: 'user-v2', percent: 50 },
          ],
        },
      ),
    ).toEqual([
      undefined,
      'user-v2  > GET / is held, 3 waiting',
      undefined,
      'user-v2  * requests go straight to its pods',
      'user-v2  * requests go through the activator',
      'user-v2  * is ready',
      'user-v2  * is not ready yet: Deploying',
      'user-v2  ! has failed: ExitCode1: no database',
      'user     * 50 % to user-v1 (v1), 50 % to user-v2',
    ]);
  });

  it('give every instance a colour of its own, and keep it', () => {
    const styles: unknown[] = [];
    const textOf = createEventText((style, text) => {
      styles.push(style);
      return text;
    });
    for (const instance of ['a-1', 'b-1', 'a-1']) {
      textOf({ at: 0, type: 'log', instance, stream: 'stdout', text: '' });
    }
    const [first, second, third] = styles.filter((style) => style !== 'dim');
    expect(first).not.toBe(second);
    expect(third).toBe(first);
  });
});
