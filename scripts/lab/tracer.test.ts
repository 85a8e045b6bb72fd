import { expect, test } from 'vitest';
import type { PlatformEvent } from '../cloud/shared/events.ts';
import { createTestClock } from '../cloud/shared/test-clock.ts';
import { createTracer, type LabTrace } from './tracer.ts';

const disk = { kind: 'disk', operation: 'write', path: '/code/db.json' } as const;
const hop = (request: string, to: string): PlatformEvent => ({
  at: 0,
  type: 'hop',
  request,
  from: 'web',
  to,
});

test('a trace has the name that the platform gave its request', () => {
  const events: PlatformEvent[] = [];
  const traces: LabTrace[] = [];
  const tracer = createTracer(
    (event) => events.push(event),
    (trace) => traces.push(trace),
    { clock: createTestClock(7) },
  );
  tracer.emit(hop('r1', 'web-1'));
  tracer.onRequest('web-1', 1);
  tracer.emit(hop('r2', 'web-2'));
  tracer.onRequest('web-2', 1);
  // A call that no request has caused: an initializer.
  tracer.onRequest('web-2', 2);
  for (const [instance, request] of [
    ['web-2', 1],
    ['web-1', 1],
    ['web-2', 2],
    ['web-1', undefined],
  ] as const)
    tracer.onTrace({ instance, request, trace: disk });
  expect(traces).toEqual([
    { at: 7, instance: 'web-2', request: 'r2', ...disk },
    { at: 7, instance: 'web-1', request: 'r1', ...disk },
    { at: 7, instance: 'web-2', ...disk },
    { at: 7, instance: 'web-1', ...disk },
  ]);
  expect(events).toEqual([hop('r1', 'web-1'), hop('r2', 'web-2')]);
});

test('where the platform asks on its own behalf, only what belongs to a told request is passed on', () => {
  const traces: LabTrace[] = [];
  const tracer = createTracer(
    () => undefined,
    (trace) => traces.push(trace),
    { clock: createTestClock(), isOpen: false },
  );
  tracer.emit(hop('r1', 'todo-1'));
  tracer.onRequest('todo-1', 1);
  tracer.onRequest('todo-1', 2);
  for (const request of [1, 2]) tracer.onTrace({ instance: 'todo-1', request, trace: disk });
  expect(traces.map(({ request }) => request)).toEqual(['r1']);
});

test('only the last requests are remembered', () => {
  const traces: LabTrace[] = [];
  const tracer = createTracer(
    () => undefined,
    (trace) => traces.push(trace),
    { clock: createTestClock() },
  );
  for (let number = 1; number <= 501; number += 1) {
    tracer.emit(hop(`r${number}`, 'web-1'));
    tracer.onRequest('web-1', number);
  }
  for (const request of [1, 2]) tracer.onTrace({ instance: 'web-1', request, trace: disk });
  expect(traces.map(({ request }) => request)).toEqual([undefined, 'r2']);
});
