import type { PlatformEvent } from '../../cloud/shared/events.ts';
import type { Platform } from '../../cloud/shared/platform.ts';
import { type Answer, type Sent, STEPS } from './requests.ts';

/** What a host did with one step, without what differs from run to run. */
export interface Told {
  readonly step: string;
  readonly answers: readonly Answer[];
  /** What the platform told of each request, in causal order. */
  readonly chains: readonly (readonly string[])[];
}

/** Headers whose value differs between two runs of the same host, and why. */
const MASKED: Readonly<Record<string, string>> = {
  date: 'the time of the answer',
  'last-modified': 'the time at which the file was put there',
  'x-fc-request-id': 'made by chance',
  'x-scf-request-id': 'made by chance',
};

/**
 * Sends the script to a platform and writes down what came back.
 *
 * @example
 * const events: PlatformEvent[] = [];
 * const deployment = await deploy(stage, 'process', { port: 0, emit: (event) => events.push(event) });
 * const transcript = await record(deployment, events);
 */
export async function record(platform: Platform, events: PlatformEvent[]): Promise<Told[]> {
  const answers = new Map<string, Answer>();
  const told: Told[] = [];
  /** What signing in gave, where there is signing in. */
  let cookie: string | undefined;
  for (const { name, requests } of STEPS) {
    const before = events.length;
    const all = await Promise.all(requests(answers).map((sent) => send(platform, sent, cookie)));
    const [first] = all;
    if (first) answers.set(name, first);
    cookie = first?.headers['set-cookie']?.split(';')[0] ?? cookie;
    const masked = all.map(mask);
    told.push({ step: name, answers: sorted(masked), chains: chainsOf(events.slice(before)) });
  }
  return told;
}

async function send(platform: Platform, sent: Sent, cookie: string | undefined): Promise<Answer> {
  const { path, headers, ...rest } = sent;
  const init = { ...rest, headers: { ...headers, ...(cookie !== undefined && { cookie }) } };
  const response = await platform.fetch(path, init);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

function mask({ status, headers, body }: Answer): Answer {
  const isFile = headers['last-modified'] !== undefined;
  const text = maskText(body);
  const isPage = headers['content-type']?.startsWith('text/html');
  const namesCdn = isPage && maskText(headers['content-security-policy'] ?? '').includes(CDN);
  const shown = Object.entries(headers).map(([name, value]): [string, string] => {
    if (name in MASKED) return [name, '<masked>'];
    // The CDN's address is longer on one host than on the other.
    if (namesCdn && ['content-length', 'etag'].includes(name)) return [name, '<masked>'];
    // Of a file it is made of size and time; of an answer, of all that is in it.
    const varies = name === 'etag' && (isFile || text !== body);
    if (name === 'x-revision') return [name, maskRevision(value)];
    return [name, maskText(varies ? value.replace(/-[^-]+"$/, '-<masked>"') : value)];
  });
  return { status, headers: Object.fromEntries(shown), body: text };
}

/** Of two revisions with half of the requests each, chance says which it is. */
function maskRevision(name: string): string {
  return name.replace(/^user-v[12]\b/, 'user-<revision>');
}

const CDN = '<cdn>';

/** Keys, times, tokens and the CDN's address in a text. */
function maskText(text: string): string {
  return text
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>')
    .replaceAll(/http:\/\/(127\.0\.0\.1:\d+|cdn\.lab)/g, CDN)
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>')
    .replaceAll(/(?<=Expires=)[^;]+/g, '<time>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>');
}

/** Requests that were under way together may be answered in any order. */
function sorted(answers: readonly Answer[]): readonly Answer[] {
  return answers.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function chainsOf(events: readonly PlatformEvent[]): string[][] {
  const chains = new Map<string, string[]>();
  for (const event of events) {
    // Ticks come with time, whoever asks.
    if (event.type === 'log' || event.type === 'autoscaled') continue;
    const subject = 'request' in event && event.request !== undefined ? event.request : '';
    const chain = chains.get(subject) ?? [];
    chains.set(subject, chain);
    chain.push(label(event));
  }
  return [...chains.values()].toSorted((one, other) => (one.join() < other.join() ? -1 : 1));
}

function label(event: PlatformEvent): string {
  // Pods are named by chance: `todo-76c97d8f9-8ljvq`.
  const node = (id: string): string =>
    maskRevision(id).replace(/-(\d+|[\da-z]{5,10}-[\da-z]{5})$/, '-n');
  switch (event.type) {
    case 'request':
      return `${event.method} ${event.path} to ${event.to}`;
    case 'hop':
      return `${node(event.from)} > ${node(event.to)}`;
    case 'response':
      return `${event.status} from ${event.from}`;
    case 'cache':
      return `${event.node}: ${event.outcome}`;
    case 'instance-starting':
    case 'instance-ready':
      return `${node(event.instance)} ${event.type}`;
    case 'instance-stopped':
      return `${node(event.instance)} stopped, ${event.reason}`;
    case 'instance-waiting':
      return `${node(event.instance)} waits, ${event.reason}`;
    case 'scaled':
      return `${event.service} from ${event.from} to ${event.to}`;
    case 'revision-changed':
      return `${event.revision} ${event.ready}`;
    case 'traffic-changed':
    case 'request-held':
    case 'autoscaled':
    case 'path-changed':
    case 'probe-failed':
    case 'endpoints-changed':
    case 'throttled':
    case 'timed-out':
    case 'log':
      return event.type;
  }
}
