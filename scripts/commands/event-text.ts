import type { CacheOutcome, PlatformEvent, StopReason } from '../cloud/shared/events.ts';
import type { Style } from '../shared/terminal.ts';

type Paint = (style: Style, text: string) => string;

/** Told apart on light and dark terminals; red is left for errors. */
const INSTANCE_COLOURS = ['cyan', 'magenta', 'yellow', 'green', 'blue'] as const;

const LEAST_WIDTH = 8;

const REASONS: Readonly<Record<StopReason, string>> = {
  idle: 'reclaimed, nobody asked for it',
  timeout: 'killed, its time was up',
  crashed: 'ended by itself',
  killed: 'killed',
  redeployed: 'replaced',
  'shut-down': 'shut down',
  deleted: 'stopped, its pod was deleted',
  unhealthy: 'stopped, its health checks failed',
};

const CACHE: Readonly<Record<CacheOutcome, string>> = {
  hit: 'hit',
  unchanged: 'hit, confirmed',
  stale: 'hit, stale',
  miss: 'miss',
  changed: 'miss, changed',
};

/**
 * Turns events into lines for a person: each begins with the instance's or service's name in a colour of
 * its own, lined up. A request is told when it is answered.
 *
 * @example
 * const line = createEventText(terminal.paint);
 * line({ at: 0, type: 'log', instance: 'web-1', stream: 'stdout', text: 'hello' }) // 'web-1  | hello'
 */
export function createEventText(paint: Paint): (event: PlatformEvent) => string | undefined {
  const colours = new Map<string, Style>();
  const requests = new Map<string, string>();
  /** Where an edge has its answer from, by request. */
  const cached = new Map<string, string>();
  let width = LEAST_WIDTH;

  const prefixed = (name: string, mark: string, text: string): string => {
    const colour = colours.get(name) ?? INSTANCE_COLOURS[colours.size % INSTANCE_COLOURS.length];
    colours.set(name, colour ?? 'cyan');
    width = Math.max(width, name.length);
    return `${paint(colour ?? 'cyan', name.padEnd(width))} ${paint('dim', mark)} ${text}`;
  };

  return (event) => {
    switch (event.type) {
      case 'log': {
        const text = event.stream === 'stderr' ? paint('red', event.text) : event.text;
        return prefixed(event.instance, '|', text);
      }
      case 'instance-starting':
        return prefixed(event.instance, '*', 'starting');
      case 'instance-ready':
        return prefixed(event.instance, '*', `ready after ${Math.round(event.milliseconds)} ms`);
      case 'instance-stopped': {
        const code = event.code === null ? '' : `, exit code ${event.code}`;
        return prefixed(event.instance, '*', `${REASONS[event.reason]}${code}`);
      }
      case 'request':
        requests.set(event.request, `${event.method} ${event.path}`);
        return undefined;
      case 'cache':
        cached.set(event.request, CACHE[event.outcome]);
        return undefined;
      case 'response': {
        const asked = requests.get(event.request) ?? event.request;
        requests.delete(event.request);
        const status = paint(event.status < 400 ? 'green' : 'red', String(event.status));
        const took = paint('dim', `${Math.round(event.milliseconds)} ms`);
        const from = cached.get(event.request);
        cached.delete(event.request);
        const how = from === undefined ? '' : ` ${from}`;
        return prefixed(event.from, '>', `${asked} ${status}${how} ${took}`);
      }
      case 'throttled':
        return prefixed(
          event.service,
          '!',
          paint('red', `refused: all ${event.limit} instances are busy`),
        );
      case 'timed-out':
        return prefixed(event.instance, '!', paint('red', `no answer in ${event.milliseconds} ms`));
      case 'instance-waiting':
        return prefixed(event.instance, '!', paint('red', event.reason));
      case 'probe-failed':
        return prefixed(event.instance, '!', event.message);
      case 'scaled':
        return prefixed(
          event.service,
          '*',
          `from ${event.from} to ${event.to} instances: ${event.reason}`,
        );
      case 'endpoints-changed':
        return prefixed(
          event.service,
          '*',
          event.instances.length === 0
            ? 'nobody gets requests'
            : `requests go to ${event.instances.join(', ')}`,
        );
      case 'request-held':
        return prefixed(
          event.revision,
          '>',
          `${requests.get(event.request) ?? event.request} is held, ${event.waiting} waiting`,
        );
      case 'autoscaled':
        return undefined;
      case 'path-changed':
        return prefixed(
          event.revision,
          '*',
          event.activator
            ? 'requests go through the activator'
            : 'requests go straight to its pods',
        );
      case 'revision-changed': {
        const { ready, reason, message } = event;
        const why = [reason, message].filter(Boolean).join(': ');
        if (ready === 'True') return prefixed(event.revision, '*', 'is ready');
        if (ready === 'Unknown') return prefixed(event.revision, '*', `is not ready yet: ${why}`);
        return prefixed(event.revision, '!', paint('red', `has failed: ${why}`));
      }
      case 'traffic-changed': {
        const shares = event.targets.map(
          ({ revision, percent, tag }) => `${percent} % to ${revision}${tag ? ` (${tag})` : ''}`,
        );
        return prefixed(event.service, '*', shares.join(', '));
      }
      case 'hop':
        return undefined;
    }
  };
}
