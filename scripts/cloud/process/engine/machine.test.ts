import { describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../../shared/events.ts';
import { createTestClock } from '../../shared/test-clock.ts';
import { createTestHost, type TestProgram } from '../../shared/test-host.ts';
import { createMachine } from './machine.ts';

/** Counts its requests in memory, like a stage that keeps its todos there. */
const counter: TestProgram = (self) => {
  let count = 0;
  return ({ url }) => {
    if (new URL(url).pathname === '/exit') {
      self.exit(3);
      return new Promise(() => undefined);
    }
    return Response.json({ count: ++count, environment: self.environment });
  };
};

async function machineWithEvents(program = counter) {
  const events: PlatformEvent[] = [];
  const { host, started } = createTestHost(program);
  const machine = await createMachine({
    program: { directory: '/stage', entry: 'index.ts' },
    service: 'web',
    port: 0,
    environment: { GREETING: 'hello' },
    host,
    clock: createTestClock(),
    emit: (event) => events.push(event),
  });
  return { machine, events, started, types: () => events.map(({ type }) => type) };
}

const count = async (answer: Promise<Response>): Promise<number> =>
  ((await (await answer).json()) as { count: number }).count;

describe('a machine with one process', () => {
  it('keeps what the process holds in memory until a restart', async () => {
    const { machine } = await machineWithEvents();
    expect(await count(machine.fetch('/'))).toBe(1);
    expect(await count(machine.fetch('/'))).toBe(2);
    expect(machine.instances()).toEqual([
      { id: 'web-1', service: 'web', state: 'idle', served: 2 },
    ]);
    await machine.restart();
    expect(await count(machine.fetch('/'))).toBe(1);
    expect(machine.instances()).toEqual([
      { id: 'web-2', service: 'web', state: 'idle', served: 1 },
    ]);
  });

  it('tells what happens in its order', async () => {
    const { machine, events } = await machineWithEvents();
    await machine.fetch('/api/rule?current=1');
    await machine.restart();
    expect(events.map(({ at: _at, ...change }) => change)).toEqual([
      { type: 'instance-starting', instance: 'web-1', service: 'web' },
      { type: 'instance-ready', instance: 'web-1', service: 'web', milliseconds: 0 },
      { type: 'request', request: 'r1', to: 'web', method: 'GET', path: '/api/rule?current=1' },
      { type: 'hop', request: 'r1', from: 'web', to: 'web-1' },
      { type: 'response', request: 'r1', from: 'web', status: 200, milliseconds: 0 },
      { type: 'log', instance: 'web-1', stream: 'stdout', text: 'SIGTERM' },
      { type: 'instance-stopped', instance: 'web-1', service: 'web', reason: 'shut-down', code: 0 },
      { type: 'instance-starting', instance: 'web-2', service: 'web' },
      { type: 'instance-ready', instance: 'web-2', service: 'web', milliseconds: 0 },
    ]);
  });

  it('stays on its port when it is restarted', async () => {
    const { machine, started } = await machineWithEvents();
    await machine.restart();
    expect(started.map(({ environment }) => environment['PORT'])).toEqual(['0', '40000']);
    expect(machine.port).toBe(40_000);
  });

  it('does not bring a killed process back', async () => {
    const { machine, events } = await machineWithEvents();
    await machine.kill();
    await machine.wait(24 * 60 * 60_000);
    await expect(machine.fetch('/')).rejects.toThrow('fetch failed');
    expect(machine.instances()[0]?.state).toBe('stopped');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'instance-stopped', reason: 'killed', code: null }),
    );
    await machine.restart();
    expect(await count(machine.fetch('/'))).toBe(1);
  });

  it('tells a crash from an end that was asked for', async () => {
    const { machine, events } = await machineWithEvents();
    await expect(machine.fetch('/exit')).rejects.toThrow('fetch failed');
    expect(events.at(-1)).toMatchObject({ type: 'instance-stopped', reason: 'crashed', code: 3 });
  });

  it('knows only its own instance', async () => {
    const { machine } = await machineWithEvents();
    await expect(machine.kill('web-9')).rejects.toThrow('web-9');
    expect(machine.instances()[0]?.state).toBe('idle');
  });

  it('takes the variables of the last deployment, beside its own', async () => {
    const { machine, started } = await machineWithEvents();
    await machine.redeploy({ TODO_STORAGE: 'tmp' });
    await machine.redeploy({ GREETING: 'bye' });
    expect(started.map(({ environment: { PORT: _port, ...rest } }) => rest)).toEqual([
      { GREETING: 'hello' },
      { GREETING: 'hello', TODO_STORAGE: 'tmp' },
      { GREETING: 'bye' },
    ]);
  });

  it('leaves nothing when it is closed', async () => {
    const { machine, events } = await machineWithEvents();
    await machine.close();
    await machine.close();
    expect(events.filter(({ type }) => type === 'instance-stopped')).toHaveLength(1);
  });
});
