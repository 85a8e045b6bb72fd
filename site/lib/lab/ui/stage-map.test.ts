import { expect, test } from 'vitest';
import { createStageMap } from './stage-map.ts';
import { FILE_STAGE, SOURCES } from './testing/drawn-stage.ts';

const machine = createStageMap({ ...FILE_STAGE, entryFile: 'index.ts', sources: SOURCES });
const asFunction = createStageMap({
  ...FILE_STAGE,
  entryFile: 'index-faas.ts',
  sources: SOURCES,
});

test('a request starts where no arrow leads to, and an instance is entered by its target’s entry', () => {
  expect(machine.start).toBe('browser');
  expect(machine.place('web-1')).toBe('server');
  expect(asFunction.place('web-1')).toBe('adapter');
  expect(asFunction.place('trigger')).toBe('trigger');
});

test('a middleware belongs to the part whose file declares its function', () => {
  expect(machine.handler('list')).toBe('controllers');
  expect(machine.handler('serveStatic')).toBe('files');
  expect(machine.handler('securityHeaders')).toBe('express');
  expect(machine.handler('<anonymous>')).toBe('express');
});

test('a name with a meaning in patterns finds nothing but itself', () => {
  expect(machine.handler('lis.')).toBe('express');
  expect(machine.handler('$')).toBe('express');
});

test('a target uses only the parts on its way', () => {
  expect(machine.used.has('trigger')).toBe(false);
  expect(machine.used.has('adapter')).toBe(false);
  expect(machine.used.has('disk')).toBe(true);
  expect(asFunction.used.has('server')).toBe(false);
  expect(asFunction.used.has('trigger')).toBe(true);
});

test('ways follow the arrows, and one that is not drawn is a leap', () => {
  expect(machine.way('browser', 'server')).toEqual(['server']);
  expect(machine.way('browser', 'adapter')).toEqual(['trigger', 'adapter']);
  expect(machine.way('controllers', 'disk')).toEqual(['store', 'database', 'disk']);
  expect(machine.way('files', 'disk')).toEqual(['disk']);
  expect(machine.way('express', 'express')).toEqual([]);
});

test('a part hands on inside its instance, not to the disk', () => {
  expect(machine.onward('controllers')).toEqual(['store', 'database']);
  expect(machine.onward('express')).toEqual([]);
  expect([machine.disk, machine.pages]).toEqual(['disk', 'files']);
});

test('a circle of arrows ends', () => {
  const round = createStageMap({
    nodes: ['a', 'b'],
    edges: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ],
    inside: new Set(['a', 'b']),
    files: new Map(),
    entryFile: 'index.ts',
    sources: {},
  });
  expect(round.onward('a')).toEqual(['b', 'a']);
});
