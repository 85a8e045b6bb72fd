import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) =>
  readFileSync(new URL(`../../styles/${file}.css`, import.meta.url), 'utf8');
const CODE = read('code');
const DIFF = read('diff');
const TOKENS = read('tokens');

/** WCAG 2.2, 1.4.3: text of normal size. */
const LEAST_CONTRAST = 4.5;
const TEXTS = [
  'comment',
  'keyword',
  'constant',
  'string',
  'variable',
  'function',
  'tag',
  'invalid',
] as const;
const SURFACES = ['added-line', 'added-word', 'removed-line', 'removed-word'] as const;

const pair = (css: string, name: string): readonly [light: string, dark: string] => {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  if (!found?.[1] || !found[2]) throw new Error(`no --${name} in the style sheet`);
  return [found[1], found[2]];
};
const token = (name: string): readonly [light: string, dark: string] => {
  const [light, dark] = [...TOKENS.matchAll(new RegExp(`--${name}: (#\\w{6})`, 'g'))];
  if (!light?.[1] || !dark?.[1]) throw new Error(`no --${name} in tokens.css`);
  return [light[1], dark[1]];
};

function luminance(colour: string): number {
  const channels = [1, 3, 5].map(
    (index) => Number.parseInt(colour.slice(index, index + 2), 16) / 255,
  );
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test('black on white is 21 to 1', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
});

const surfaces = new Map([
  ...SURFACES.map((name) => [name, pair(DIFF, name)] as const),
  ['paper-raised', token('paper-raised')] as const,
  ['paper-sunk', token('paper-sunk')] as const,
]);

test.each(TEXTS)('%s is legible on every line and every marked word', (name) => {
  for (const [surface, background] of surfaces) {
    for (const theme of [0, 1] as const) {
      const ratio = contrast(pair(CODE, name)[theme], background[theme]);
      expect(ratio, `on ${surface}, ${['light', 'dark'][theme]}`).toBeGreaterThan(LEAST_CONTRAST);
    }
  }
});

test('line numbers and signs are legible on their lines', () => {
  for (const theme of [0, 1] as const) {
    for (const side of ['added', 'removed']) {
      const line = pair(DIFF, `${side}-line`)[theme];
      expect(contrast(pair(CODE, 'gutter')[theme], line)).toBeGreaterThan(LEAST_CONTRAST);
      expect(contrast(pair(DIFF, `${side}-sign`)[theme], line)).toBeGreaterThan(LEAST_CONTRAST);
    }
  }
});
