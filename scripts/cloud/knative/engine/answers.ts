/** What Knative's own parts answer with, word for word. */
const ANSWERS = {
  queueFull: [503, 'pending request queue full'],
  activatorTimeout: [504, 'activator request timeout'],
  requestTimeout: [504, 'request timeout'],
  /** Go's reverse proxy says nothing when the pod behind it is gone. */
  podGone: [502, ''],
  noRevision: [404, 'revision not found'],
  /** Kourier's Envoy has no route for the host. */
  noRoute: [404, ''],
  closing: [503, 'shutting down'],
} as const;

/** The answers of this file, which no program gave. */
const OWN = new WeakMap<Response, keyof typeof ANSWERS>();

/**
 * The answer of a part of the platform, as Go's `http.Error` writes it.
 *
 * @example answer('queueFull').status // 503
 */
export function answer(kind: keyof typeof ANSWERS): Response {
  const [status, text] = ANSWERS[kind];
  const response = new Response(text === '' ? null : `${text}\n`, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    },
  });
  OWN.set(response, kind);
  return response;
}

/**
 * Whether an answer is the platform's refusal, and not a program's own 503.
 *
 * @example isRefusal(answer('queueFull')) // true
 */
export function isRefusal(response: Response): boolean {
  return OWN.get(response) === 'queueFull';
}
