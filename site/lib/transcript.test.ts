import { expect, test } from 'vitest';
import type { Entry, Recording } from '../../scripts/experiments/recording.ts';
import { figuresOf, transcriptOf } from './transcript.ts';

const text = (en: string) => ({ en, 'zh-CN': `${en}（中文）` });

function recording(entries: Entry[]): Recording {
  return {
    format: 1,
    stage: '01-all-in-one',
    experiment: 'restart',
    target: 'process',
    verdict: 'confirmed',
    milliseconds: 404.6,
    entries,
  };
}

test('lines belong to the step announced before them, in the order of the run', () => {
  const [before, step] = transcriptOf(
    recording([
      { at: 0, type: 'instance-starting', instance: 'web-1', service: 'web' },
      { at: 5, type: 'step', what: text('Add a todo') },
      { at: 6, type: 'request', request: 'r1', method: 'POST', path: '/api/rule', body: '{}' },
      { at: 6, type: 'hop', request: 'r1', from: 'browser', to: 'web-1' },
      { at: 9, type: 'response', request: 'r1', status: 201, body: '', milliseconds: 3.4 },
    ]),
    'en',
  );
  expect(before).toEqual({ lines: [{ kind: 'platform', text: 'web-1 is starting', at: 0 }] });
  expect(step).toEqual({
    what: 'Add a todo',
    lines: [
      { kind: 'ask', text: 'POST /api/rule', note: '{}', at: 6 },
      { kind: 'reply', text: '201 · 3 ms', at: 9 },
    ],
  });
});

test('a long body is cut, with a sign that it is', () => {
  const body = 'x'.repeat(200);
  const [step] = transcriptOf(
    recording([{ at: 9, type: 'response', request: 'r1', status: 200, body, milliseconds: 0.34 }]),
    'en',
  );
  expect(step?.lines[0]).toMatchObject({ text: '200 · 0.3 ms', note: `${'x'.repeat(120)}…` });
});

test('an observation shows what was seen beside what was expected', () => {
  const [step] = transcriptOf(
    recording([
      { at: 1, type: 'observation', what: text('Todos'), seen: [], expected: 0, holds: false },
    ]),
    'zh-CN',
  );
  expect(step?.lines).toEqual([
    {
      kind: 'observation',
      text: 'Todos（中文）',
      observed: { seen: '[]', expected: '0', holds: false },
      at: 1,
    },
  ]);
});

test.each([
  ['en', 'Let 10 minutes pass'],
  ['zh-CN', '平台时间快进 10 分钟'],
] as const)('time that is skipped is said in %s', (language, said) => {
  const [step] = transcriptOf(
    recording([{ at: 1, type: 'wait', milliseconds: 600_000 }]),
    language,
  );
  expect(step?.lines[0]?.text).toBe(said);
});

test('the figures are those of the run', () => {
  const starting = (instance: string): Entry => ({
    at: 0,
    type: 'instance-starting',
    instance,
    service: 'web',
  });
  const request: Entry = { at: 1, type: 'request', request: 'r1', method: 'GET', path: '/' };
  expect(figuresOf(recording([starting('web-1'), request, starting('web-2'), request]))).toEqual({
    requests: 2,
    instances: 2,
    milliseconds: 405,
  });
});
