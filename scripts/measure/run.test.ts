import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { findStage, readStages } from '../stages/catalogue.ts';
import { memoryBelow, parseRows, residentBelow } from './memory.ts';
import { measureRun } from './run.ts';
import { sizeOf } from './size.ts';

it('adds up what a process and its own children hold, and nobody else', () => {
  const rows = parseRows(' 2 1 100\n 3 2 40\n 4 1 7\n 5 9 5000\n');
  expect(residentBelow(rows, 1)).toBe(147);
});

it('sees the memory of a child of this process', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(1)']);
  await once(child.stdout, 'data');
  const before = await memoryBelow(process.pid);
  child.kill();
  await once(child, 'exit');
  expect(before - (await memoryBelow(process.pid))).toBeGreaterThan(10_000_000);
});

it('runs a stage, leaves it alone and comes back', { timeout: 60_000 }, async () => {
  const stage = findStage(readStages(), '1');
  const seen = await measureRun(stage, 'process', () => {}, { rounds: 1, requests: 3 });
  expect(seen.busy.instances).toBe(1);
  expect(seen.idle.instances).toBe(1);
  expect(seen.busy.memoryBytes).toBeGreaterThan(20_000_000);
  expect(seen.startMs).toBeGreaterThan(20);
  expect(seen.firstAnswerMs).toBeGreaterThan(0);
});

it('does not make up the size of an image where there is no Docker', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nobody/is/here.sock');
  const stage = findStage(readStages(), '5');
  expect(await sizeOf(stage, 'process', () => {})).toEqual({ form: 'image', bytes: null });
  vi.unstubAllEnvs();
});
