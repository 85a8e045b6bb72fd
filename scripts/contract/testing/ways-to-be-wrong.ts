import { setTimeout as pause } from 'node:timers/promises';
import type { FakeReply, FakeRequest, FakeState, FakeTodo, Fault } from './fake-service.ts';

type When = (request: FakeRequest) => boolean;
type Json = Record<string, unknown>;

/** A fault, and the check that must notice it. */
export interface Wrong {
  readonly check: string;
  readonly does: string;
  readonly fault: Fault;
}

/**
 * Requests by method and path.
 *
 * @example on('PUT')({ method: 'PUT', path: '/api/rule', ... }) // true
 */
export function on(method: string, path = '/api/rule'): When {
  return (request) => request.method === method && request.path === path;
}

/** Handles another request than the one that came. */
export function mishears(when: When, change: (request: FakeRequest) => FakeRequest): Fault {
  return {
    handle: (right) => (request, state) => right(when(request) ? change(request) : request, state),
  };
}

/** Handles the body as if it had been another one. */
export function misreads(when: When, change: (body: Json) => Json): Fault {
  return mishears(when, (request) => ({
    ...request,
    body: JSON.stringify(change(read(request.body))),
  }));
}

/** Handles the query as if it had been another one. */
export function misreadsQuery(change: (query: URLSearchParams) => void): Fault {
  return mishears(on('GET'), (request) => {
    const query = new URLSearchParams(request.query);
    change(query);
    return { ...request, query };
  });
}

/** Answers differently from what was done. */
export function answers(
  when: When,
  change: (reply: FakeReply, request: FakeRequest) => FakeReply,
): Fault {
  return {
    handle: (right) => async (request, state) => {
      const reply = await right(request, state);
      return when(request) ? change(reply, request) : reply;
    },
  };
}

/** Answers with other JSON. */
export function answersJson(when: When, change: (json: Json, request: FakeRequest) => Json): Fault {
  return answers(when, (reply, request) => ({
    ...reply,
    body: JSON.stringify(change(read(reply.body), request)),
  }));
}

/** Answers with another header, or without it. */
export function answersHeader(when: When, name: string, value?: string): Fault {
  return answers(when, (reply) => {
    const { [name]: _, ...headers } = reply.headers;
    return { ...reply, headers: value === undefined ? headers : { ...headers, [name]: value } };
  });
}

/** Does something else altogether. */
export function instead(
  when: When,
  what: (request: FakeRequest, state: FakeState) => FakeReply | Promise<FakeReply>,
): Fault {
  return {
    handle: (right) => (request, state) =>
      when(request) ? what(request, state) : right(request, state),
  };
}

/** Does what it should, then something else to the list. */
export function thenDoes(
  when: When,
  what: (state: FakeState, request: FakeRequest, before: readonly FakeTodo[]) => void,
): Fault {
  return {
    handle: (right) => async (request, state) => {
      const before = state.todos;
      const reply = await right(request, state);
      if (when(request)) what(state, request, before);
      return reply;
    },
  };
}

/** Long enough that requests sent together meet in it, on a busy machine too. */
export const THINKS_FOR_MILLISECONDS = 50;

/** Reads the whole list, thinks for a moment, and writes the whole list back. */
export function overwrites(when: When): Fault {
  return {
    handle: (right) => async (request, state) => {
      if (!when(request)) return right(request, state);
      const copy = { ...state };
      await pause(THINKS_FOR_MILLISECONDS);
      const reply = await right(request, copy);
      state.todos = copy.todos;
      state.callNo = copy.callNo;
      return reply;
    },
  };
}

/** What is written to the newest todo instead of what should have been. */
export function stores(when: When, change: (todo: FakeTodo, request: FakeRequest) => Json): Fault {
  return thenDoes(when, (state, request, before) => {
    const changed = state.todos.find((todo) => !before.includes(todo));
    if (changed) Object.assign(changed, change(changed, request));
  });
}

export function read(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return {};
  }
}

/** The server error that Express answers when nobody catches it. */
export function brokenPage(status = 500): FakeReply {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: '<pre>Error: no\n    at send (/srv/todo/node_modules/send/index.js:12:3)</pre>',
  };
}
