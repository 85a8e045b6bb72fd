import { parseDuration, printDuration } from './duration.ts';
import { type FieldError, fieldError } from './field-error.ts';
import {
  INITIAL_SCALE,
  LEAST_TARGET,
  PANIC_THRESHOLD_PERCENT,
  PANIC_WINDOW_PERCENT,
  STABLE_WINDOW_MS,
  TARGET_BURST_CAPACITY,
  WINDOW_MS,
} from './limits.ts';

type Annotations = Readonly<Record<string, string>>;

export const AUTOSCALING = 'autoscaling.knative.dev';
const KPA = `kpa.${AUTOSCALING}`;
const MOST_INTEGER = 2_147_483_647;

/** What the autoscaling annotations of a revision say. Times in milliseconds. */
export interface Autoscaling {
  readonly metric: 'concurrency' | 'rps';
  readonly target?: number | undefined;
  readonly utilizationPercent?: number | undefined;
  readonly minScale: number;
  readonly maxScale: number;
  readonly initialScale: number;
  readonly activationScale: number;
  readonly stableWindow: number;
  readonly panicWindowPercent: number;
  readonly panicThresholdPercent: number;
  readonly targetBurstCapacity: number;
  readonly scaleDownDelay: number;
  readonly podRetention: number;
}

const PREFIX = `${AUTOSCALING}/`;

/**
 * Reads the annotations of `spec.template.metadata`, with the defaults that Knative ships.
 *
 * @example readAutoscaling({ 'autoscaling.knative.dev/min-scale': '1' }).minScale // 1
 */
export function readAutoscaling(annotations: Annotations): Autoscaling {
  const number = (name: string): number | undefined => {
    const text = annotations[PREFIX + name];
    return text === undefined ? undefined : Number(text);
  };
  const time = (name: string): number | undefined =>
    parseDuration(annotations[PREFIX + name] ?? '');
  return {
    metric: annotations[`${PREFIX}metric`] === 'rps' ? 'rps' : 'concurrency',
    target: number('target'),
    utilizationPercent: number('target-utilization-percentage'),
    minScale: number('min-scale') ?? 0,
    maxScale: number('max-scale') ?? 0,
    initialScale: number('initial-scale') ?? INITIAL_SCALE,
    activationScale: number('activation-scale') ?? 1,
    stableWindow: time('window') ?? STABLE_WINDOW_MS,
    panicWindowPercent: number('panic-window-percentage') ?? PANIC_WINDOW_PERCENT,
    panicThresholdPercent: number('panic-threshold-percentage') ?? PANIC_THRESHOLD_PERCENT,
    targetBurstCapacity: number('target-burst-capacity') ?? TARGET_BURST_CAPACITY,
    scaleDownDelay: time('scale-down-delay') ?? 0,
    podRetention: time('scale-to-zero-pod-retention-period') ?? 0,
  };
}

type Check = (text: string, key: string, annotations: Annotations) => FieldError[];

/** Every annotation that there is, with its check. */
const CHECKS: Readonly<Record<string, Check>> = {
  class: (text, key) =>
    text === KPA ? [] : [fieldError.invalid(text, key, `the local Knative has ${KPA} alone`)],
  metric: (text, key) =>
    text === 'concurrency' || text === 'rps' ? [] : [fieldError.invalid(text, key)],
  'min-scale': (text, key) => checkInteger(text, 0, key),
  'max-scale': (text, key, annotations) => [
    ...checkInteger(text, 0, key),
    ...checkMaximum(annotations),
  ],
  'initial-scale': (text, key) => {
    const value = integer(text);
    if (value === undefined) return [fieldError.invalid(text, key)];
    if (value < 0) return [fieldError.invalid(text, `${key} must be greater than 0`)];
    return value === 0 ? [fieldError.invalid(text, `${key}=0 not allowed by cluster`)] : [];
  },
  'activation-scale': (text, key, annotations) => checkActivation(text, key, annotations),
  target: (text, key) => {
    const value = decimal(text);
    if (value === undefined) return [fieldError.invalid(text, key)];
    const message = `target ${text} should be at least ${LEAST_TARGET}`;
    return value < LEAST_TARGET ? [fieldError.generic(message, key)] : [];
  },
  'target-utilization-percentage': (text, key) => checkDecimal(text, 1, 100, key),
  'panic-window-percentage': (text, key) => checkDecimal(text, 1, 100, key),
  'panic-threshold-percentage': (text, key) => checkDecimal(text, 110, 1_000, key),
  'target-burst-capacity': (text, key) => {
    const value = decimal(text);
    const isFine = value !== undefined && (value >= 0 || value === -1);
    return isFine ? [] : [fieldError.invalid(text, key)];
  },
  window: (text, key) => checkTime(text, WINDOW_MS.least, key, true),
  'scale-down-delay': (text, key) => checkTime(text, 0, key, true),
  'scale-to-zero-pod-retention-period': (text, key) => checkTime(text, 0, key, false),
};

/**
 * Checks the annotations of `spec.template.metadata`. The real webhook lets an unknown one pass, and then it
 * does nothing; here it is refused, since on a page about scaling a slip of the pen costs an evening.
 *
 * @example checkAutoscaling({ 'autoscaling.knative.dev/window': '5s' })[0]?.message // 'expected 6s <= 5s <= 1h0m0s'
 */
export function checkAutoscaling(annotations: Annotations): FieldError[] {
  return Object.entries(annotations).flatMap(([key, text]) => {
    if (!key.startsWith(PREFIX)) return [];
    const name = key.slice(PREFIX.length);
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (check) return check(text, key, annotations);
    return [fieldError.keyName(key, '', `one of: ${Object.keys(CHECKS).join(', ')}`)];
  });
}

/**
 * Refuses autoscaling annotations where they have no effect.
 *
 * @example checkNoAutoscaling({ 'autoscaling.knative.dev/min-scale': '1' }).length // 1
 */
export function checkNoAutoscaling(annotations: Annotations): FieldError[] {
  const details =
    'autoscaling annotations must be put under "spec.template.metadata.annotations" to work';
  return Object.keys(annotations)
    .filter((key) => key.startsWith(AUTOSCALING))
    .map((key) => fieldError.keyName(key, '', details));
}

function integer(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

function decimal(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function checkInteger(text: string, least: number, key: string): FieldError[] {
  const value = integer(text);
  if (value === undefined) return [fieldError.invalid(text, key)];
  const isWithin = value >= least && value <= MOST_INTEGER;
  return isWithin ? [] : [fieldError.outOfBounds(text, least, MOST_INTEGER, key)];
}

function checkDecimal(text: string, least: number, most: number, key: string): FieldError[] {
  const value = decimal(text);
  if (value === undefined) return [fieldError.invalid(text, key)];
  return value < least || value > most ? [fieldError.outOfBounds(text, least, most, key)] : [];
}

function checkTime(text: string, least: number, key: string, whole: boolean): FieldError[] {
  const value = parseDuration(text);
  if (value === undefined) return [fieldError.invalid(text, key)];
  if (value < least || value > WINDOW_MS.most) {
    return [fieldError.outOfBounds(text, printDuration(least), printDuration(WINDOW_MS.most), key)];
  }
  return whole && value % 1_000 !== 0
    ? [fieldError.generic('must be specified with at most second precision', key)]
    : [];
}

function checkMaximum(annotations: Annotations): FieldError[] {
  const { minScale, maxScale } = readAutoscaling(annotations);
  if (!(maxScale > 0 && maxScale < minScale)) return [];
  const message = `max-scale=${maxScale} is less than min-scale=${minScale}`;
  return [fieldError.generic(message, `${PREFIX}max-scale`, `${PREFIX}min-scale`)];
}

function checkActivation(text: string, key: string, annotations: Annotations): FieldError[] {
  const value = integer(text);
  if (value === undefined) return [fieldError.invalid(text, key)];
  const { minScale, maxScale } = readAutoscaling(annotations);
  if (minScale > value) {
    const message = `min-scale=${minScale} is greater than activation-scale=${value}`;
    return [fieldError.generic(message, key)];
  }
  if (maxScale !== 0 && maxScale < value) {
    return [
      fieldError.generic(`max-scale=${maxScale} is less than activation-scale=${value}`, key),
    ];
  }
  return value < 2
    ? [fieldError.generic(`activation-scale=${value} must be greater than 1`, key)]
    : [];
}
