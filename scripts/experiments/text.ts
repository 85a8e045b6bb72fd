import type { CacheOutcome } from '../cloud/shared/events.ts';
import type { Entry } from './recording.ts';

/** How a part of an entry is to be shown. */
export type Tone = 'plain' | 'heading' | 'quiet' | 'good' | 'bad';

/** How an edge came by its answer. */
const CACHE_OUTCOMES: Readonly<Record<CacheOutcome, string>> = {
  hit: 'hit, from its memory',
  unchanged: 'hit, the origin says that it is unchanged',
  stale: 'hit, an old one in place of the origin',
  miss: 'miss, from the origin',
  changed: 'miss, the origin has another one',
};

/** Colours a text; without colours it answers with the text itself. */
export type Tint = (tone: Tone, text: string) => string;

/**
 * An entry of a run as a line for a person; undefined for what only a diagram shows.
 *
 * @example entryText({ at: 3, type: 'restart' }, (tone, text) => text) // '  restart'
 */
export function entryText(entry: Entry, tint: Tint): string | undefined {
  const took = (milliseconds: number): string =>
    tint('quiet', `${Math.round(milliseconds * 10) / 10} ms`);
  switch (entry.type) {
    case 'step':
      return `\n${tint('heading', entry.what.en)}`;
    case 'observation': {
      const seen = `${entry.what.en}: ${JSON.stringify(entry.seen)}`;
      return entry.holds
        ? `  ${tint('good', 'as expected')}  ${seen}`
        : `  ${tint('bad', 'unexpected')}   ${seen}, expected ${JSON.stringify(entry.expected)}`;
    }
    case 'request':
      return `  ${entry.request} > ${entry.method} ${entry.path} ${tint('quiet', short(entry.body ?? ''))}`.trimEnd();
    case 'response': {
      const status = tint(entry.status < 400 ? 'plain' : 'bad', String(entry.status));
      return `  ${entry.request} < ${status} ${tint('quiet', short(entry.body))} ${took(entry.milliseconds)}`;
    }
    case 'no-response':
      return `  ${entry.request} < ${tint('bad', 'no answer')} ${took(entry.milliseconds)}`;
    case 'load':
      return `  ${entry.clients} clients ask for ${entry.path} without a break`;
    case 'load-over': {
      const failed = entry.failed > 0 ? tint('bad', `, ${entry.failed} failed`) : '';
      return `  the clients stop: ${entry.answered} answers${failed} ${took(entry.milliseconds)}`;
    }
    case 'restart':
      return '  restart';
    case 'kill':
      return `  kill ${entry.instance ?? 'every instance'}`;
    case 'wait':
      return `  wait ${entry.milliseconds / 1000} s of platform time`;
    case 'redeploy': {
      const variables = Object.entries(entry.environment).map(
        ([name, value]) => `${name}=${value}`,
      );
      return `  deploy again with ${variables.join(' ')}`;
    }
    case 'cache':
      return `  ${entry.request} ${tint('quiet', `${entry.node}: ${CACHE_OUTCOMES[entry.outcome]}`)}`;
    case 'kubectl':
    case 'docker':
    case 'kn':
      return [
        `  $ ${entry.type} ${entry.line}`,
        ...entry.output
          .trimEnd()
          .split('\n')
          .map((line) => tint('quiet', `    ${line}`)),
      ].join('\n');
    case 'interrupt':
      return `  take ${entry.service} away`;
    case 'restore':
      return `  bring ${entry.service} back`;
    case 'instance-starting':
      return `  ${entry.instance} starts${entry.request === undefined ? '' : ` for ${entry.request}`}`;
    case 'instance-ready':
      return `  ${entry.instance} is ready ${took(entry.milliseconds)}`;
    case 'instance-stopped':
      return `  ${entry.instance} ends: ${entry.reason}`;
    case 'throttled':
      return `  ${entry.request} ${tint('bad', `refused: all ${entry.limit} instances are busy`)}`;
    case 'timed-out':
      return `  ${entry.request} ${tint('bad', 'timed out')} ${took(entry.milliseconds)}`;
    case 'log':
      return tint('quiet', `  ${entry.instance} | ${entry.text}`);
    case 'instance-waiting':
      return `  ${entry.instance} waits: ${tint('bad', entry.reason)}`;
    case 'probe-failed':
      return `  ${entry.instance}: ${entry.message}`;
    case 'scaled':
      return `  ${entry.service}: from ${entry.from} to ${entry.to} instances, ${entry.reason}`;
    case 'endpoints-changed':
      return `  ${entry.service} gives requests to ${entry.instances.join(', ') || 'nobody'}`;
    case 'request-held':
      return `  ${entry.request} is held for ${entry.revision}`;
    case 'autoscaled': {
      const load = `${entry.stable} (60 s), ${entry.panic} (6 s), target ${entry.target}`;
      const panic = entry.isPanic ? tint('bad', ', panic') : '';
      return `  ${entry.revision}: ${load}, ${entry.ready} ready: wants ${entry.desired}${panic}`;
    }
    case 'path-changed':
      return `  ${entry.revision}: the activator is ${entry.activator ? 'in' : 'out of'} the path`;
    case 'revision-changed': {
      const why = [entry.reason, entry.message].filter(Boolean).join(': ');
      if (entry.ready === 'True') return `  ${entry.revision} is ready`;
      return entry.ready === 'False'
        ? `  ${entry.revision} ${tint('bad', 'has failed')}: ${why}`
        : `  ${entry.revision} is not ready yet${why ? `: ${why}` : ''}`;
    }
    case 'traffic-changed': {
      const shares = entry.targets.map(({ percent, revision }) => `${percent} % to ${revision}`);
      return `  ${entry.service}: ${shares.join(', ')}`;
    }
    case 'hop':
      return undefined;
  }
}

const BODY_CHARACTERS = 72;

function short(body: string): string {
  return body.length > BODY_CHARACTERS ? `${body.slice(0, BODY_CHARACTERS)}…` : body;
}
