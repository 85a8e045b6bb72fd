const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/**
 * A span as kubectl prints ages (k8s.io/apimachinery/pkg/util/duration, HumanDuration).
 *
 * @example age(150_000) // '2m30s'
 */
export function age(milliseconds: number): string {
  const of = (unit: number): number => Math.floor(milliseconds / unit);
  const two = (big: number, bigName: string, small: number, smallName: string): string => {
    const rest = of(small) % Math.round(big / small);
    return `${of(big)}${bigName}${rest === 0 ? '' : `${rest}${smallName}`}`;
  };
  if (milliseconds < 0) return milliseconds > -2 * SECOND ? '0s' : '<invalid>';
  if (milliseconds < 2 * MINUTE) return `${of(SECOND)}s`;
  if (milliseconds < 10 * MINUTE) return two(MINUTE, 'm', SECOND, 's');
  if (milliseconds < 3 * HOUR) return `${of(MINUTE)}m`;
  if (milliseconds < 8 * HOUR) return two(HOUR, 'h', MINUTE, 'm');
  if (milliseconds < 2 * DAY) return `${of(HOUR)}h`;
  if (milliseconds < 8 * DAY) return two(DAY, 'd', HOUR, 'h');
  if (milliseconds < 2 * YEAR) return `${of(DAY)}d`;
  if (milliseconds < 8 * YEAR) return two(YEAR, 'y', DAY, 'd');
  return `${of(YEAR)}y`;
}

/**
 * A span as Go prints a time.Duration: what events say of waits.
 *
 * @example goDuration(80_000) // '1m20s'
 */
export function goDuration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${milliseconds}ms`;
  const seconds = milliseconds / SECOND;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${Number((seconds % 60).toFixed(3))}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
