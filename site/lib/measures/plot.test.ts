import { expect, it, test } from 'vitest';
import { plot } from './plot.ts';
import { format } from './units.ts';
import { isWorse } from './worse.ts';

const column = (label: string, ...values: number[]) => ({
  label,
  parts: values.map((value, index) => ({ value, look: `part-${index}` })),
  text: `<${values.join('+')}>`,
});
const heights = (svg: string) => [...svg.matchAll(/ height="([\d.]+)"/g)].map(([, h]) => Number(h));
const dots = (svg: string) => [...svg.matchAll(/ cy="([\d.]+)"/g)].map(([, y]) => Number(y));

it('draws columns in proportion, parts upon each other', () => {
  const svg = plot({
    scale: 'linear',
    columns: [column('1', 10), column('2', 15, 5)],
    description: 'x',
  });
  const [ten = 0, fifteen = 0, five = 0] = heights(svg);
  expect(ten).toBeCloseTo(fifteen / 1.5, 0);
  expect(five).toBeCloseTo(ten / 2, 0);
});

it('puts ten times as much one line higher on a logarithmic scale', () => {
  const columns = [column('1', 1), column('2', 10), column('3', 100)];
  const [one = 0, ten = 0, hundred = 0] = dots(plot({ scale: 'log', columns, description: 'x' }));
  expect(one - ten).toBeCloseTo(ten - hundred, 0);
  expect(ten).toBeLessThan(one);
});

it('can be read without being seen, and escapes what it is told', () => {
  const svg = plot({ scale: 'linear', columns: [column('1', 1)], description: 'Stage 1: "one"' });
  expect(svg).toContain('role="img" aria-label="Stage 1: &quot;one&quot;"');
  expect(svg).toContain('&lt;1&gt;');
});

it('shows a figure that is not there as a gap', () => {
  const svg = plot({ scale: 'log', columns: [column('1'), column('2', 5)], description: 'x' });
  expect(dots(svg)).toHaveLength(1);
});

test.each([
  [4_173_979, 'bytes', '4.2 MB'],
  [244_242_625, 'bytes', '244 MB'],
  [0, 'bytes', '0'],
  [2.24, 'milliseconds', '2.2 ms'],
  [1183.5, 'milliseconds', '1.2 s'],
  [0.5, 'share', '50%'],
  [1363, 'lines', '1,363'],
  [1, 'instances', '1 instance'],
] as const)('%s %s is written as %s', (value, unit, text) =>
  expect(format(value, unit, 'en')).toBe(text),
);

test.each([
  ['more than noise', 194, 2, true],
  ['a large share of little', 4, 2, false],
  ['a small share of much', 1060, 1000, false],
  ['less', 2, 194, false],
  ['not measured', null, 5, false],
])('%s: %s after %s is worse: %s', (_, value, before, worse) =>
  expect(isWorse({ worse: { by: 50, share: 0.25 } }, value, before)).toBe(worse),
);

it('calls nothing worse where more is not worse', () => {
  expect(isWorse({}, 100, 1)).toBe(false);
});
