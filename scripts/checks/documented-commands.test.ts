import { expect, test } from 'vitest';
import type { Stage } from '../stages/catalogue.ts';
import { checkCommandLines } from './command-lines.ts';
import { commandsOfPage, documentedCommands } from './documented-commands.ts';
import { fakeTree } from './tree.ts';

const FILES = {
  'package.json': JSON.stringify({ scripts: { start: '', test: '', stage: '' } }),
  'stages/01-all-in-one/package.json': JSON.stringify({ scripts: { start: '', types: '' } }),
};
const stages = [
  { id: '01-all-in-one', number: 1, targets: { process: { entry: 'index.ts' } } },
] as unknown as readonly Stage[];

async function faults(readme: string, path = 'README.md') {
  const tree = fakeTree({ ...FILES, [path]: readme });
  const problems = await checkCommandLines(documentedCommands(tree), {
    tree,
    stages,
    names: { test: ['unit'] },
  });
  return problems.map(({ where, what }) => `${where} ${what}`);
}
const block = (...lines: string[]) => ['```sh', ...lines, '```'].join('\n');

test('blocks and sentences give commands, without comments and placeholders', () => {
  const text = `Run \`npm start\`, or \`npm run stage run <n>\`.\n\n${block('npm test # all', 'cd a && npm ci')}`;
  expect(
    documentedCommands(fakeTree({ 'README.md': text })).map(({ commands }) => commands),
  ).toEqual([['npm test', 'cd a', 'npm ci'], ['npm start']]);
});

test('a built page gives the commands of its components', () => {
  const html =
    '<command-lines class="a"><pre><code>cd …</code></pre><button data-code="cd a &#x26;&#x26; npm start\u007Fnpm test"></button></command-lines>';
  expect(commandsOfPage('index.html', html)[0]?.commands).toEqual([
    'cd a',
    'npm start',
    'npm test',
  ]);
});

test('commands that the tools accept pass', async () => {
  expect(
    await faults(
      block(
        'npm start',
        'npm test -- unit',
        'npm run stage list',
        'npm run -s stage -- run 1 --port 4000',
        'npm run stage check 1 process',
        'npm run stage check all',
        'npm run stage checkout 1 ../copy',
        'cd ../copy',
        'npm run types',
      ),
    ),
  ).toEqual([]);
});

test('a script that does not exist is named', async () => {
  expect(await faults(block('npm run stages'))).toEqual([
    'README.md:2 "npm run stages": package.json has no script "stages"',
  ]);
});

test('flags that npm would swallow are named', async () => {
  expect((await faults(block('npm run stage run 1 --port 4000')))[0]).toContain(
    'npm keeps "--port" for itself',
  );
});

test.each([
  ['npm run stage rum 1', 'there is no command "rum"'],
  ['npm run stage run 99', 'no stage is called "99"'],
  ['npm run stage check 99', 'no stage is called "99"'],
  ['npm run stage run 1 moon', 'has no target "moon"'],
  ['npm run -s stage -- run 1 --colour', '--colour'],
  ['npm test -- units', 'expected unit behind "test"'],
])('%s: %s', async (command, fault) => {
  expect((await faults(block(command)))[0]).toContain(fault);
});

test('a stage README speaks of its own scripts', async () => {
  expect(await faults(block('npm run types'), 'stages/01-all-in-one/README.md')).toEqual([]);
  expect(await faults(block('npm run stage list'), 'stages/01-all-in-one/README.md')).toHaveLength(
    1,
  );
});
