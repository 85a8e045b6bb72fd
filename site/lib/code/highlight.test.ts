import { bundledThemes } from 'shiki';
import { expect, test } from 'vitest';
import { KINDS, highlight } from './highlight.ts';
import { CODE_THEMES } from './themes.ts';

test('tokens know their kind and are the text again', async () => {
  const code = "// why\nconst answer: number = 42; // 'x'\n\nexport const text = `a${answer}`;";
  const lines = await highlight(code, 'index.ts');
  expect(lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code);
  expect(lines[0]).toEqual([{ text: '// why', kind: 'comment' }]);
  expect(lines[1]?.[0]).toEqual({ text: 'const ', kind: 'keyword' });
  expect(lines[2]).toEqual([]);
});

test.each(['index.ts', 'app.js', 'build.mjs', 's.yaml', 'package.json', 'a.html', 'Dockerfile'])(
  '%s is coloured',
  async (path) => {
    const code = { 'package.json': '{"a": "b"}', 'a.html': '<p class="a">b</p>' }[path];
    const lines = await highlight(code ?? 'from: "a"\nconst a = "b";', path);
    expect(lines.flat().some(({ kind }) => kind !== undefined)).toBe(true);
  },
);

test('an unknown kind of file is plain text', async () => {
  expect(await highlight('node_modules\n\ndist', '.gitignore')).toEqual([
    [{ text: 'node_modules' }],
    [],
    [{ text: 'dist' }],
  ]);
});

test('every colour of the theme has a kind, or is plain text', async () => {
  const { default: theme } = await bundledThemes[CODE_THEMES.light]();
  const plain = ['#0e1116', '#ffffff', '#e7ecf0', '#4b535d'];
  const colours = (theme.tokenColors ?? theme.settings ?? [])
    .map(({ settings }) => settings.foreground?.toLowerCase())
    .filter((colour) => colour !== undefined);
  expect(colours.length).toBeGreaterThan(20);
  expect(colours.filter((colour) => !KINDS[colour] && !plain.includes(colour))).toEqual([]);
});
