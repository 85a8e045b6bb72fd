import type { Emit, PlatformEvent } from '../cloud/shared/events.ts';
import { createNames, type Names } from './names.ts';
import { BODY_CHARACTERS, type Entry, type Happening } from './recording.ts';

export interface JournalOptions {
  /** Milliseconds of real time, from any start: `() => performance.now()`. */
  now(): number;
  /** Hears each entry as it is written. */
  onEntry?(entry: Entry): void;
  /** Takes out of a text what belongs to one machine only: folders, ports. */
  tidy?(text: string): string;
}

/** A request that was sent and not answered yet. */
export interface OpenRequest {
  answered(status: number, body: string): void;
  failed(): void;
}

/** Writes down what happens, in order, under names that every run shares. */
export interface Journal {
  /** To be given to the deployment, from its start. */
  readonly emit: Emit;
  readonly entries: readonly Entry[];
  readonly names: Names;
  /** Milliseconds since the first entry. */
  elapsed(): number;
  note(happening: Happening): void;
  request(method: string, path: string, body: string | undefined): OpenRequest;
  /** What happens from now on is no part of the run: the deployment is being closed. */
  close(): void;
}

/** A stack names a machine's folders and explains nothing to a reader. */
const STACK_LINE = /^\s+at /;

/**
 * Opens a journal.
 *
 * @example
 * const journal = createJournal({ now: () => performance.now() });
 * const deployment = await deploy(stage, 'process', { port: 0, emit: journal.emit });
 */
export function createJournal({ now, onEntry, tidy = (text) => text }: JournalOptions): Journal {
  /** The first entry is at 0. */
  let began: number | undefined;
  const entries: Entry[] = [];
  const names = createNames();
  /** The platform's id of a request -> ours. */
  const requests = new Map<string, string>();
  /** Requests that the platform has not told of yet, oldest first. */
  const untold: { name: string; what: string }[] = [];
  /** What the autoscaler decided last for each revision: it says the same every two seconds. */
  const decided = new Map<string, string>();
  let numbered = 0;
  let closed = false;

  const elapsed = (): number => {
    const time = now();
    return round(time - (began ??= time));
  };
  const note = (happening: Happening): void => {
    if (closed) return;
    const entry = { at: elapsed(), ...happening };
    entries.push(entry);
    onEntry?.(entry);
  };
  const nameOf = (id: string): string => requests.get(id) ?? id;

  /** Joins what the platform tells of a request to what was sent; one that nobody here sent is left out. */
  const meet = (id: string, method: string, path: string): void => {
    const index = untold.findIndex(({ what }) => what === `${method} ${path}`);
    const [own] = index < 0 ? [] : untold.splice(index, 1);
    if (own) requests.set(id, own.name);
  };

  return {
    entries,
    names,
    elapsed,
    note,
    close: () => void (closed = true),
    emit(event) {
      if (event.type === 'request') return meet(event.request, event.method, event.path);
      if ('request' in event && event.request !== undefined && !requests.has(event.request)) return;
      if (event.type === 'autoscaled') {
        const decision = `${event.desired} ${event.isPanic}`;
        if (decided.get(event.revision) === decision) return;
        decided.set(event.revision, decision);
      }
      const happening = translate(event, names, nameOf, tidy);
      if (happening) note(happening);
    },
    request(method, path, body) {
      const name = `r${++numbered}`;
      const sent = elapsed();
      untold.push({ name, what: `${method} ${normal(path)}` });
      note({
        type: 'request',
        request: name,
        method,
        path,
        ...(body === undefined ? {} : { body: excerpt(body) }),
      });
      const took = (): number => round(elapsed() - sent);
      return {
        answered: (status, text) =>
          note({
            type: 'response',
            request: name,
            status,
            body: excerpt(tidy(text)),
            milliseconds: took(),
          }),
        failed: () => note({ type: 'no-response', request: name, milliseconds: took() }),
      };
    },
  };
}

/** An entry has its own time. */
function withoutTime<Event extends PlatformEvent>(event: Event): Omit<Event, 'at'> {
  const { at: _, ...change } = event;
  return change;
}

function translate(
  event: Exclude<PlatformEvent, { type: 'request' }>,
  names: Names,
  nameOf: (request: string) => string,
  tidy: (text: string) => string,
): Happening | undefined {
  switch (event.type) {
    case 'response':
      // The experiment's own answer says more: it has a body.
      return undefined;
    case 'hop':
      return {
        type: 'hop',
        request: nameOf(event.request),
        from: names.node(event.from),
        to: names.node(event.to),
      };
    case 'cache':
      return {
        type: event.type,
        request: nameOf(event.request),
        node: names.node(event.node),
        outcome: event.outcome,
      };
    case 'instance-starting': {
      const instance = names.instance(event.instance, event.service);
      const cause = event.request === undefined ? {} : { request: nameOf(event.request) };
      return { type: event.type, instance, service: event.service, ...cause };
    }
    case 'instance-ready':
      return {
        type: event.type,
        instance: names.instance(event.instance, event.service),
        service: event.service,
        milliseconds: round(event.milliseconds),
      };
    case 'instance-stopped':
      return {
        type: event.type,
        instance: names.instance(event.instance, event.service),
        service: event.service,
        reason: event.reason,
        code: event.code,
      };
    case 'throttled':
      return {
        type: event.type,
        request: nameOf(event.request),
        service: event.service,
        limit: event.limit,
      };
    case 'timed-out':
      return {
        type: event.type,
        request: nameOf(event.request),
        instance: names.instance(event.instance),
        milliseconds: round(event.milliseconds),
      };
    case 'instance-waiting': {
      const instance = names.instance(event.instance, event.service);
      return { type: event.type, instance, service: event.service, reason: event.reason };
    }
    case 'probe-failed':
      return {
        type: event.type,
        instance: names.instance(event.instance, event.service),
        service: event.service,
        message: tidy(event.message),
      };
    case 'scaled': {
      const { type, service, from, to, reason } = event;
      return { type, service, from, to, reason };
    }
    case 'endpoints-changed':
      return {
        type: event.type,
        service: event.service,
        instances: event.instances.map((id) => names.node(id)).toSorted(),
      };
    case 'request-held':
      return { ...withoutTime(event), request: nameOf(event.request) };
    case 'autoscaled': {
      const { type, revision, stable, panic, target, ready, desired, isPanic } = event;
      return { type, revision, stable, panic, target, ready, desired, isPanic };
    }
    case 'revision-changed':
      return {
        ...withoutTime(event),
        ...(event.message !== undefined && { message: tidy(event.message) }),
      };
    case 'path-changed':
      return withoutTime(event);
    case 'traffic-changed':
      return withoutTime(event);
    case 'log':
      if (STACK_LINE.test(event.text)) return undefined;
      return {
        type: event.type,
        instance: names.instance(event.instance),
        stream: event.stream,
        text: tidy(event.text),
      };
  }
}

/** Tenths of a millisecond: finer than that is noise. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** A path as the platform sees it after the request was made: escaped, without a fragment. */
function normal(path: string): string {
  const { pathname, search } = new URL(path, 'http://stage');
  return pathname + search;
}

function excerpt(body: string): string {
  return body.length > BODY_CHARACTERS ? `${body.slice(0, BODY_CHARACTERS)}…` : body;
}
