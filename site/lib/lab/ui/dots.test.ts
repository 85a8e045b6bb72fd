import { expect, test } from 'vitest';
import { BACK_MS, CALL_MS, createDots, FADE_MS, GAP_MS, LEG_MS, MOST_DOTS } from './dots.ts';
import type { RequestRecord } from './history.ts';

function request(route: string[], sentAt = 0): RequestRecord {
  return { id: 'r1', method: 'GET', path: '/', sentAt, route, calls: [] };
}

test('a dot goes leg by leg, waits for its request, and returns with the answer', () => {
  const dots = createDots();
  const sent = request(['browser', 'server']);
  dots.add(sent);
  dots.frame(0);
  expect(dots.frame(LEG_MS / 2)).toEqual([
    { from: 'browser', to: 'server', progress: 0.5, look: 'going', strength: 1 },
  ]);
  expect(dots.frame(LEG_MS * 5)[0]).toMatchObject({ from: 'server', to: 'server' });

  sent.route.push('express');
  expect(dots.frame(LEG_MS * 5.5)[0]).toMatchObject({ from: 'server', to: 'express' });
  dots.frame(LEG_MS * 6);
  sent.end = { at: 1, status: 200 };
  const [back] = dots.frame(LEG_MS * 6 + BACK_MS / 2);
  expect(back).toMatchObject({ from: 'server', to: 'express', look: 'good' });
  expect(back?.progress).toBeCloseTo(0.5);
  dots.frame(LEG_MS * 6 + BACK_MS * 3);
  expect(dots.busy).toBe(false);
});

test('in a part it stays for each function that is called there, which is named', () => {
  const dots = createDots();
  const sent = request(['browser', 'express', 'controllers']);
  sent.calls.push(
    { name: 'first', node: 'express' },
    { name: 'anonymous', node: 'express' },
    { name: 'second', node: 'express' },
    { name: 'list', node: 'controllers' },
  );
  dots.add(sent);
  dots.frame(0);
  expect(dots.frame(LEG_MS + CALL_MS / 2)[0]).toMatchObject({ from: 'express', call: 'first' });
  expect(dots.frame(LEG_MS + CALL_MS * 1.5)[0]?.call).toBe('second');
  const [onWay] = dots.frame(LEG_MS + CALL_MS * 2 + LEG_MS / 2);
  expect(onWay).toMatchObject({ from: 'express', to: 'controllers' });
  expect(onWay?.call).toBeUndefined();
});

test('an error comes back as one', () => {
  const dots = createDots();
  const sent = request(['browser', 'server']);
  sent.end = { at: 1, status: 503 };
  dots.add(sent);
  dots.frame(0);
  expect(dots.frame(LEG_MS + BACK_MS / 2)[0]?.look).toBe('bad');
});

test('a request without an answer fades where it was', () => {
  const dots = createDots();
  const sent = request(['browser', 'server']);
  dots.add(sent);
  dots.frame(0);
  dots.frame(LEG_MS);
  sent.end = { at: 1, status: undefined };
  const [fading] = dots.frame(LEG_MS + FADE_MS / 2);
  expect(fading).toMatchObject({ from: 'server', look: 'bad' });
  expect(fading?.strength).toBeCloseTo(0.5);
  dots.frame(LEG_MS + FADE_MS);
  expect(dots.busy).toBe(false);
});

test('requests of one moment set out one after the other, and no more than can be seen', () => {
  const dots = createDots();
  for (let count = 0; count < MOST_DOTS * 2; count += 1) dots.add(request(['browser', 'server']));
  dots.frame(0);
  expect(dots.frame(GAP_MS * 2)).toHaveLength(3);
  expect(dots.frame(GAP_MS * MOST_DOTS * 2)).toHaveLength(MOST_DOTS);
});
