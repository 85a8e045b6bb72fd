import { expect, test } from 'vitest';
import { head, outline, route } from './shapes.ts';

test('a line stops where its arrowhead begins', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 40, y: 0 },
  ];
  expect(route(points, 'none')).toBe('M0 0H40');
  expect(route(points, 'end')).toBe('M0 0H33');
  expect(route(points, 'both')).toBe('M7 0H33');
});

test('corners are round, and never longer than half of a short line', () => {
  const path = route(
    [
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 10 },
      { x: 60, y: 10 },
    ],
    'none',
  );
  expect(path).toBe('M0 0H12q8 0 8 5q0 5 8 5H60');
});

test('a line bends only where its points do', () => {
  const path = route(
    [
      { x: 0, y: 0.2 },
      { x: 20, y: 0 },
      { x: 39.7, y: 0 },
    ],
    'none',
  );
  expect(path).toBe('M0 0H40');
});

test('an arrowhead points from where the line comes', () => {
  expect(head({ x: 40, y: 0 }, { x: 0, y: 0 })).toBe('M40 0l-8 4 0 -8Z');
  expect(head({ x: 0, y: 40 }, { x: 0, y: 0 })).toBe('M0 40l-4 -8 8 0Z');
});

test('every shape stays within its box', () => {
  const shapes = ['rectangle', 'rounded', 'stadium', 'hexagon', 'slanted', 'subroutine'] as const;
  for (const shape of shapes) {
    const numbers = outline(shape, 100, 40).match(/-?\d+(\.\d+)?/g) ?? [];
    expect(numbers.length).toBeGreaterThan(2);
    expect(numbers.every((number) => Number(number) >= 0 && Number(number) <= 100)).toBe(true);
  }
  expect(outline('cylinder', 100, 60)).toBe(
    '<path d="M0 7A50 7 0 0 1 100 7V53A50 7 0 0 1 0 53ZM100 7A50 7 0 0 1 0 7"/>',
  );
});
