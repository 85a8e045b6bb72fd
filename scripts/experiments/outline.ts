import type { Entry, Recording } from './recording.ts';

/**
 * What caused what in a run, without times, bodies, logs and the order in which requests that were
 * under way together happened to move: two runs that did the same have the same outline.
 *
 * @example
 * outline(recording)
 * // ['verdict: confirmed', 'step: Add a todo', 'POST /api/rule: web > web instance, 201', 'POST ... = 201', ...]
 */
export function outline({ verdict, entries }: Pick<Recording, 'verdict' | 'entries'>): string[] {
  const lines = [`verdict: ${verdict}`];
  const services = new Map<string, string>();
  /** Requests that were under way together, each with what happened to it. */
  let requests = new Map<string, string[]>();
  const unanswered = new Set<string>();
  /** Instance -> the request that it was started for. */
  const awaited = new Map<string, string>();
  /** What happened to each instance in this step that no request is the reason for. */
  let lives = new Map<string, string[]>();
  /** Instance -> what has been told of its wait: it may be said again while it lasts, in a later step too. */
  const waits = new Map<string, Set<string>>();

  const endRequests = (): void => {
    if (unanswered.size > 0) return;
    lines.push(...told(requests));
    requests = new Map();
  };
  const endStep = (): void => {
    endRequests();
    lines.push(...told(lives));
    lives = new Map();
  };
  const line = (text: string): void => {
    endRequests();
    lines.push(text);
  };
  const node = (name: string): string => {
    const service = services.get(name);
    return service === undefined ? name : `${service} instance`;
  };
  const ask = (request: string, text: string): void => void requests.get(request)?.push(text);
  const live = (instance: string, text: string): void => {
    const life = lives.get(instance) ?? [node(instance)];
    life.push(text);
    lives.set(instance, life);
  };

  const wait = (instance: string, reason: string): void => {
    const reasons = waits.get(instance) ?? new Set();
    if (!reasons.has(reason)) live(instance, `waits, ${reason}`);
    waits.set(instance, reasons.add(reason));
  };

  for (const entry of entries) {
    switch (entry.type) {
      case 'step':
        endStep();
        lines.push(`step: ${entry.what.en}`);
        break;
      case 'request':
        endRequests();
        requests.set(entry.request, [`${entry.method} ${entry.path}`]);
        unanswered.add(entry.request);
        break;
      case 'hop':
        ask(entry.request, `${node(entry.from)} > ${node(entry.to)}`);
        break;
      case 'response':
        ask(entry.request, String(entry.status));
        unanswered.delete(entry.request);
        break;
      case 'no-response':
        ask(entry.request, 'no answer');
        unanswered.delete(entry.request);
        break;
      case 'cache':
        ask(entry.request, `${entry.node} ${entry.outcome}`);
        break;
      case 'throttled':
        ask(entry.request, `refused at the limit of ${entry.limit}`);
        break;
      case 'timed-out':
        ask(entry.request, 'timed out');
        break;
      case 'instance-starting':
        services.set(entry.instance, entry.service);
        waits.delete(entry.instance);
        if (entry.request === undefined) live(entry.instance, 'starts');
        else {
          awaited.set(entry.instance, entry.request);
          ask(entry.request, `starts a ${entry.service} instance`);
        }
        break;
      case 'instance-ready': {
        const request = awaited.get(entry.instance);
        if (request === undefined) live(entry.instance, 'is ready');
        else ask(request, 'ready');
        break;
      }
      case 'instance-stopped':
        live(entry.instance, `ends, ${entry.reason}`);
        break;
      case 'instance-waiting':
        // Which of its names the wait has at a moment is chance: the kubelet tries, fails and waits in turn.
        wait(entry.instance, entry.reason.replace('ErrImagePull', 'ImagePullBackOff'));
        break;
      case 'scaled':
        live(entry.service, entry.to > entry.from ? 'grows' : 'shrinks');
        break;
      case 'request-held':
        ask(entry.request, 'is held');
        break;
      case 'revision-changed':
        if (entry.ready !== 'Unknown') {
          live(entry.revision, entry.ready === 'True' ? 'is ready' : `fails, ${entry.reason}`);
        }
        break;
      case 'traffic-changed':
        live(entry.service, `gives ${sharesOf(entry)}`);
        break;
      // Which tick decides is a matter of milliseconds; what it leads to is told by `scaled` and the hops.
      case 'autoscaled':
      case 'path-changed':
      case 'log':
      // How often a probe fails on the way, and in which order pods come and go, is a matter of milliseconds.
      case 'probe-failed':
      case 'endpoints-changed':
        break;
      case 'observation':
      case 'restart':
      case 'kill':
      case 'wait':
      case 'redeploy':
      case 'load':
      case 'load-over':
      case 'kubectl':
      case 'docker':
      case 'kn':
      case 'interrupt':
      case 'restore':
        line(doing(entry));
        break;
    }
  }
  endStep();
  return lines;
}

/** Each chain as a line, in an order that does not depend on which one moved first. */
function told(chains: ReadonlyMap<string, readonly string[]>): string[] {
  return [...chains.values()]
    .map(([subject, ...happenings]) => `${subject}: ${happenings.join(', ')}`)
    .toSorted();
}

function sharesOf({ targets }: Extract<Entry, { type: 'traffic-changed' }>): string {
  return targets.map(({ percent, revision }) => `${percent} % to ${revision}`).join(', ');
}

function doing(
  entry: Extract<
    Entry,
    {
      type:
        | 'observation'
        | 'restart'
        | 'kill'
        | 'wait'
        | 'redeploy'
        | 'load'
        | 'load-over'
        | 'kubectl'
        | 'docker'
        | 'kn'
        | 'interrupt'
        | 'restore';
    }
  >,
): string {
  switch (entry.type) {
    case 'observation':
      return `${entry.what.en}: ${JSON.stringify(entry.seen)}, expected ${JSON.stringify(entry.expected)}`;
    case 'restart':
      return 'restart';
    case 'kill':
      return entry.instance === undefined ? 'kill' : 'kill one instance';
    case 'wait':
      return `wait ${entry.milliseconds} ms`;
    case 'kubectl':
    case 'docker':
    case 'kn':
      return `${entry.type} ${entry.line}`;
    case 'load':
      return `${entry.clients} clients ask for ${entry.path}`;
    case 'load-over':
      return `the clients stop, ${entry.failed === 0 ? 'all answered' : 'some not answered'}`;
    case 'redeploy':
      return `redeploy with ${JSON.stringify(entry.environment)}`;
    case 'interrupt':
    case 'restore':
      return `${entry.type} ${entry.service}`;
  }
}
