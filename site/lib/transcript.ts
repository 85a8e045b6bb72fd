import type { Entry, Recording } from '../../scripts/experiments/recording.ts';
import { fill } from './fill.ts';
import type { Language } from './languages.ts';
import { countAlike } from './transcript-count.ts';
import { wordsIn } from './words.ts';

const BODY_CHARACTERS = 120;

/** One line of a transcript: who speaks, what was said, and a quieter remark. */
export interface Line {
  readonly kind: 'ask' | 'reply' | 'act' | 'platform' | 'log' | 'observation';
  readonly text: string;
  readonly note?: string;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly observed?: { readonly seen: string; readonly expected: string; readonly holds: boolean };
}

/** What happened from one announced step to the next. */
export interface TranscriptStep {
  readonly what?: string;
  readonly lines: readonly Line[];
}

/**
 * A recorded run as a reader follows it: step by step, in the order in which things happened. Hops
 * between nodes are left to the diagram.
 *
 * @example transcriptOf(recording, 'en')[0].what // 'Add a todo'
 */
export function transcriptOf(recording: Recording, language: Language): TranscriptStep[] {
  const steps: { what?: string; lines: Line[] }[] = [];
  for (const entry of recording.entries) {
    if (entry.type === 'step') {
      steps.push({ what: entry.what[language], lines: [] });
      continue;
    }
    const line = lineOf(entry, language);
    if (!line) continue;
    if (steps.length === 0) steps.push({ lines: [] });
    steps.at(-1)?.lines.push({ ...line, at: entry.at });
  }
  return steps.map((step) => ({ ...step, lines: countAlike(step.lines) }));
}

/**
 * How much a run took: its requests, the instances that it saw, its real time.
 *
 * @example figuresOf(recording).instances // 2
 */
export function figuresOf(recording: Recording): {
  requests: number;
  instances: number;
  milliseconds: number;
} {
  const started = recording.entries.flatMap((entry) =>
    entry.type === 'instance-starting' ? [entry.instance] : [],
  );
  return {
    requests: recording.entries.filter(({ type }) => type === 'request').length,
    instances: new Set(started).size,
    milliseconds: Math.round(recording.milliseconds),
  };
}

function lineOf(entry: Entry, language: Language): Omit<Line, 'at'> | undefined {
  const words = wordsIn(language).transcript;
  switch (entry.type) {
    case 'request': {
      const text = `${entry.method} ${entry.path}`;
      return { kind: 'ask', text, ...(entry.body ? { note: excerpt(entry.body) } : {}) };
    }
    case 'response':
      return {
        kind: 'reply',
        text: `${entry.status} · ${duration(entry.milliseconds)}`,
        ...(entry.body ? { note: excerpt(entry.body) } : {}),
      };
    case 'no-response':
      return { kind: 'reply', text: `${words.noResponse} · ${duration(entry.milliseconds)}` };
    case 'observation':
      return {
        kind: 'observation',
        text: entry.what[language],
        observed: { seen: value(entry.seen), expected: value(entry.expected), holds: entry.holds },
      };
    case 'restart':
      return { kind: 'act', text: words.restart };
    case 'kill':
      return { kind: 'act', text: fill(words.kill, { instance: entry.instance ?? words.all }) };
    case 'wait':
      return {
        kind: 'act',
        text: fill(words.wait, { time: longDuration(entry.milliseconds, language) }),
      };
    case 'redeploy':
      return {
        kind: 'act',
        text: fill(words.redeploy, { environment: settings(entry.environment) }),
      };
    case 'load':
      return {
        kind: 'act',
        text: fill(words.load, { clients: entry.clients, path: entry.path }),
      };
    case 'load-over':
      return {
        kind: 'reply',
        text: fill(words.loadOver, { answered: entry.answered, failed: entry.failed }),
      };
    case 'kubectl':
    case 'docker':
    case 'kn':
      return { kind: 'act', text: `${entry.type} ${entry.line}`, note: excerpt(entry.output) };
    case 'instance-waiting':
      return {
        kind: 'platform',
        text: fill(words.waiting, { instance: entry.instance, reason: entry.reason }),
      };
    case 'probe-failed':
      return { kind: 'platform', text: `${entry.instance}: ${entry.message}` };
    case 'scaled':
      return {
        kind: 'platform',
        text: fill(words.scaled, { service: entry.service, from: entry.from, to: entry.to }),
      };
    case 'endpoints-changed':
      return {
        kind: 'platform',
        text:
          entry.instances.length === 0
            ? fill(words.noEndpoints, { service: entry.service })
            : fill(words.endpoints, {
                service: entry.service,
                instances: entry.instances.join(', '),
              }),
      };
    case 'interrupt':
      return { kind: 'act', text: fill(words.interrupt, { service: entry.service }) };
    case 'restore':
      return { kind: 'act', text: fill(words.restore, { service: entry.service }) };
    case 'request-held':
      return { kind: 'platform', text: fill(words.held, { request: entry.request }) };
    case 'autoscaled':
      return {
        kind: 'platform',
        text: fill(entry.isPanic ? words.autoscaledInPanic : words.autoscaled, {
          revision: entry.revision,
          load: entry.stable,
          ready: entry.ready,
          desired: entry.desired,
        }),
      };
    case 'path-changed':
      return {
        kind: 'platform',
        text: fill(entry.activator ? words.activatorIn : words.activatorOut, {
          revision: entry.revision,
        }),
      };
    case 'revision-changed':
      return {
        kind: 'platform',
        text: fill(words.revisions[entry.ready], { revision: entry.revision }),
        ...(entry.ready === 'False' && { note: excerpt(entry.message ?? entry.reason ?? '') }),
      };
    case 'traffic-changed':
      return {
        kind: 'platform',
        text: fill(words.traffic, {
          service: entry.service,
          shares: entry.targets
            .map(({ revision, percent }) => `${revision} ${percent} %`)
            .join(language === 'en' ? ', ' : '，'),
        }),
      };
    case 'instance-starting':
      return { kind: 'platform', text: fill(words.starting, { instance: entry.instance }) };
    case 'instance-ready':
      return {
        kind: 'platform',
        text: fill(words.ready, { instance: entry.instance, time: duration(entry.milliseconds) }),
      };
    case 'instance-stopped':
      return {
        kind: 'platform',
        text: fill(words.stopped, {
          instance: entry.instance,
          reason: words.reasons[entry.reason],
        }),
      };
    case 'cache':
      return { kind: 'platform', text: words.cache[entry.outcome] };
    case 'throttled':
      return { kind: 'platform', text: fill(words.throttled, { limit: entry.limit }) };
    case 'timed-out':
      return {
        kind: 'platform',
        text: fill(words.timedOut, {
          instance: entry.instance,
          time: duration(entry.milliseconds),
        }),
      };
    case 'log':
      return { kind: 'log', text: entry.text, note: entry.instance };
    case 'hop':
    case 'step':
      return undefined;
  }
}

/** The beginning of a body: enough to recognise it on a phone. */
function excerpt(body: string): string {
  return body.length > BODY_CHARACTERS ? `${body.slice(0, BODY_CHARACTERS)}…` : body;
}

/** Milliseconds as people read them: `4 ms`, `0.3 ms`. */
function duration(milliseconds: number): string {
  return `${milliseconds < 1 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

function longDuration(milliseconds: number, language: Language): string {
  const seconds = Math.round(milliseconds / 1000);
  const [amount, unit] =
    seconds % 60 === 0 && seconds > 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  // Chinese style sets a space between a figure and its unit, which Intl leaves out.
  return format.format(amount).replace(/(\d)(\p{Script=Han})/u, '$1 $2');
}

function settings(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, setting]) => `${name}=${setting}`)
    .join(' ');
}

function value(of: unknown): string {
  return typeof of === 'string' ? of : (JSON.stringify(of) ?? 'undefined');
}
