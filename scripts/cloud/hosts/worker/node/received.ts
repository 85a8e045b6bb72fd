import { inspect } from './inspect.ts';

/**
 * How Node's errors name a value that they did not expect.
 *
 * @example received(1) // 'type number (1)'
 */
export function received(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') return `an instance of ${value.constructor?.name ?? 'Object'}`;
  return `type ${typeof value} (${inspect(value)})`;
}
