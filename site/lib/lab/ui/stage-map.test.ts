import { expect, test } from 'vitest';
import { createStageMap } from './stage-map.ts';
import {
  CLOUDS_IMPORTS,
  CLOUDS_SOURCES,
  CLOUDS_STAGE,
  FILE_STAGE,
  SOURCES,
  SPLIT_SOURCES,
  SPLIT_STAGE,
} from './testing/drawn-stage.ts';

const machine = createStageMap({
  ...FILE_STAGE,
  entries: new Map([['web', 'index.ts']]),
  sources: SOURCES,
});
const asFunction = createStageMap({
  ...FILE_STAGE,
  entries: new Map([['web', 'index-faas.ts']]),
  sources: SOURCES,
});

/** Where a request on a machine is when Express has it. */
const ON_MACHINE = ['browser', 'server', 'express'];

test('a request starts where no arrow leads to, and an instance is entered by its target’s entry', () => {
  expect(machine.start).toBe('browser');
  expect(machine.place('web-1')).toBe('server');
  expect(asFunction.place('web-1')).toBe('adapter');
  expect(asFunction.place('trigger')).toBe('trigger');
});

test('a middleware belongs to the part whose file declares its function', () => {
  expect(machine.handler('list', ON_MACHINE)).toBe('controllers');
  expect(machine.handler('serveStatic', ON_MACHINE)).toBe('files');
  expect(machine.handler('securityHeaders', ON_MACHINE)).toBe('express');
  expect(machine.handler('<anonymous>', ON_MACHINE)).toBe('express');
});

test('what no part declares belongs to the part whose file put it there, or to none', () => {
  expect(machine.handler('onlyJson', ON_MACHINE, 'controllers/rule.ts')).toBe('controllers');
  expect(machine.handler('securityHeaders', ON_MACHINE, 'app.ts')).toBe('express');
  expect(machine.handler('<anonymous>', ON_MACHINE, 'controllers/user.ts')).toBeUndefined();
  expect(machine.handler('list', ON_MACHINE, 'app.ts')).toBe('controllers');
});

test('a name with a meaning in patterns finds nothing but itself', () => {
  expect(machine.handler('lis.', ON_MACHINE)).toBe('express');
  expect(machine.handler('$', ON_MACHINE)).toBe('express');
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
  // Even where only one way leads on.
  const { onward } = createStageMap({
    ...FILE_STAGE,
    edges: FILE_STAGE.edges.filter(({ to }) => to !== 'controllers'),
    entries: new Map([['web', 'index.ts']]),
    sources: SOURCES,
  });
  for (const app of [machine.onward('express'), onward('express')]) expect(app).toEqual([]);
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
    entries: new Map([['web', 'index.ts']]),
    sources: {},
  });
  expect(round.onward('a')).toEqual(['b', 'a']);
});

const SPLIT_ENTRIES = new Map([
  ['page', 'index-faas.ts'],
  ['rule', 'rule-faas.ts'],
]);
const split = (entries: ReadonlyMap<string, string>) =>
  createStageMap({ ...SPLIT_STAGE, entries, sources: SPLIT_SOURCES });

test('each function is entered by a file of its own, and runs an app of its own', () => {
  const functions = split(SPLIT_ENTRIES);
  expect(functions.services).toEqual(['page', 'rule']);
  expect(functions.place('rule-1', 'rule')).toBe('ruleAdapter');
  expect(functions.place('page-2', 'page')).toBe('adapter');
  expect(functions.place('cdn')).toBe('cdn');
  for (const [entry, app] of [
    ['ruleAdapter', 'ruleExpress'],
    ['adapter', 'express'],
  ] as const)
    expect(functions.handler('router', ['browser', 'trigger', entry])).toBe(app);
  expect(functions.handler('notFound', ['browser', 'trigger', 'adapter', 'express'])).toBe(
    'express',
  );
});

test('two apps behind one port are told apart by the file that put a middleware there', () => {
  const onMachine = split(new Map([['web', 'index.ts']]));
  const route = ['browser', 'server'];
  for (const name of ['router', 'securityHeaders', '<anonymous>']) {
    expect(onMachine.handler(name, route, 'rule-app.ts')).toBe('ruleExpress');
    expect(onMachine.handler(name, route, 'page-app.ts')).toBe('express');
  }
});

test('data is kept where a program leads to; what a browser asks by itself is used as well', () => {
  const functions = split(SPLIT_ENTRIES);
  expect(functions.disk).toBe('disk');
  expect([...functions.used]).toEqual(expect.arrayContaining(['cdn', 'origin', 'trigger', 'disk']));
  expect(functions.used.has('server')).toBe(false);
  const onMachine = split(new Map([['web', 'index.ts']]));
  expect(onMachine.used.has('trigger')).toBe(false);
  expect(onMachine.used.has('cdn')).toBe(true);
  expect(onMachine.entry('web')).toBe('server');
});

const CLOUD_ENTRIES: Readonly<Record<string, readonly [service: string, file: string]>> = {
  process: ['web', 'src/main.ts'],
  fc: ['midway', 'src/fc.ts'],
  scf: ['midway', 'src/scf.ts'],
};
const onCloud = (target: string) =>
  createStageMap({
    ...CLOUDS_STAGE,
    entries: new Map([CLOUD_ENTRIES[target] ?? ['', '']]),
    sources: CLOUDS_SOURCES,
    imports: (file) => CLOUDS_IMPORTS[file] ?? [],
  });

test('of a program whose own file no part shows the first part is the one that all others come after', () => {
  expect(onCloud('fc').entry('midway')).toBe('fcStarter');
  expect(onCloud('scf').entry('midway')).toBe('scfStarter');
  expect(onCloud('process').entry('web')).toBe('starter');
});

test('each cloud has a way in of its own, by whichever name the platform tells of it', () => {
  const [fc, scf] = [onCloud('fc'), onCloud('scf')];
  expect([fc.place('trigger'), scf.place('trigger')]).toEqual(['trigger', 'url']);
  expect(scf.way('url', scf.entry('midway') ?? '')).toEqual(['scfStarter']);
  expect([fc.used.has('url'), fc.used.has('scfStarter')]).toEqual([false, false]);
  expect([scf.used.has('trigger'), scf.used.has('fcStarter')]).toEqual([false, false]);
});

test('a process is asked directly, not through the parts of another program', () => {
  const { way, used } = onCloud('process');
  expect(way('browser', 'starter')).toEqual(['starter']);
  expect([...used].toSorted()).toEqual(
    ['browser', 'disk', 'functions', 'middleware', 'services', 'starter'].toSorted(),
  );
});

test('a middleware of Midway belongs to what has put it there, a function to its class or to the part of its folder', () => {
  const { handler, onward } = onCloud('fc');
  const route = ['browser', 'trigger', 'fcStarter'];
  expect(handler('ErrorMiddleware', route, 'src/configuration.ts')).toBe('middleware');
  expect(handler('JsonBodyMiddleware', [...route, 'starter', 'middleware'])).toBe('middleware');
  expect(handler('ApiFunctions.list', route)).toBe('functions');
  expect(handler('UserFunctions.login', route)).toBe('functions');
  expect(handler('NobodysFunctions.none', route)).toBeUndefined();
  // One that has answered by itself has handed nothing on.
  expect(onward('middleware')).toEqual([]);
});
