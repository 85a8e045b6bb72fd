import { escapeHtml } from '../code/escape.ts';

/** A part of a column; `look` is the class that a style sheet knows. */
export interface Part {
  readonly value: number;
  readonly look: string;
}

export interface Column {
  readonly label: string;
  /** From the foot upwards. */
  readonly parts: readonly Part[];
  /** What stands above it: the figure, ready to be read. */
  readonly text: string;
}

export interface PlotOptions {
  readonly columns: readonly Column[];
  /** `log`: each line upwards is ten times the one below, for what differs a thousandfold. */
  readonly scale: 'linear' | 'log';
  /** What the picture shows, for whoever cannot see it. */
  readonly description: string;
}

const WIDTH = 352;
const HEIGHT = 168;
const TOP = 22;
const FOOT = 22;
const BAR = 0.62;
const ROOM = HEIGHT - TOP - FOOT;
const DOT = 4.5;

/**
 * A picture of one figure over all stages, as SVG: columns from zero, or on a logarithmic scale dots, whose
 * height above the foot says nothing by itself. Colours are the page's.
 *
 * @example plot({ scale: 'linear', columns: [{ label: '1', parts: [{ value: 11, look: 'people' }], text: '11' }], description: 'Stage 1: 11' })
 */
export function plot({ columns, scale, description }: PlotOptions): string {
  const step = WIDTH / columns.length;
  const heightOf = scale === 'log' ? logarithmic(columns) : linear(columns);
  const drawn = columns.map((column, index) => {
    const middle = (index + 0.5) * step;
    const { marks, top } =
      scale === 'log'
        ? dot(column, middle, heightOf)
        : bars(column, middle - (step * BAR) / 2, step * BAR, heightOf);
    return `${marks}<text class="value" x="${n(middle)}" y="${n(top - 6)}">${escapeHtml(column.text)}</text><text class="stage" x="${n(middle)}" y="${HEIGHT - 5}">${escapeHtml(column.label)}</text>`;
  });
  const lines = scale === 'log' ? decades(columns, heightOf) : '';
  return `<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(description)}">${lines}<path class="foot" d="M0 ${HEIGHT - FOOT}H${WIDTH}"/>${drawn.join('')}</svg>`;
}

type Height = (value: number) => number;

function linear(columns: readonly Column[]): Height {
  const most = Math.max(1, ...columns.map(sum));
  return (value) => (value / most) * ROOM;
}

function logarithmic(columns: readonly Column[]): Height {
  const { least, most } = range(columns);
  return (value) =>
    ((Math.log10(Math.max(value, least)) - Math.log10(least)) /
      (Math.log10(most) - Math.log10(least))) *
    ROOM;
}

/** The powers of ten around all figures. */
function range(columns: readonly Column[]): { least: number; most: number } {
  const values = columns.map(sum).filter((value) => value > 0);
  const least = 10 ** Math.floor(Math.log10(Math.min(...values, 1)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...values, 10)));
  return { least, most };
}

function decades(columns: readonly Column[], heightOf: Height): string {
  const { least, most } = range(columns);
  const count = Math.round(Math.log10(most / least));
  return Array.from({ length: count }, (_, index) => {
    const y = n(HEIGHT - FOOT - heightOf(least * 10 ** (index + 1)));
    return `<path class="decade" d="M0 ${y}H${WIDTH}"/>`;
  }).join('');
}

function bars(column: Column, x: number, width: number, heightOf: Height) {
  let y = HEIGHT - FOOT;
  const marks = column.parts
    .filter(({ value }) => value > 0)
    .map(({ value, look }) => {
      const height = heightOf(value);
      y -= height;
      return `<rect class="${look}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"/>`;
    })
    .join('');
  return { marks, top: y };
}

function dot(column: Column, x: number, heightOf: Height) {
  const look = column.parts[0]?.look ?? '';
  if (column.parts.length === 0) return { marks: '', top: HEIGHT - FOOT };
  const y = HEIGHT - FOOT - heightOf(sum(column));
  const marks = `<path class="stem" d="M${n(x)} ${HEIGHT - FOOT}V${n(y)}"/><circle class="${look}" cx="${n(x)}" cy="${n(y)}" r="${DOT}"/>`;
  return { marks, top: y - DOT + 2 };
}

function sum({ parts }: Column): number {
  return parts.reduce((total, { value }) => total + value, 0);
}

/** A tenth of a unit is less than anybody sees. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
