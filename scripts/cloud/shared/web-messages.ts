/**
 * A Request whose headers are as they were given. A browser leaves out of its own those that a page may not
 * set, such as Cookie, Host and Sec-Fetch-Site; a platform in a tab stands where a network would, and carries them.
 *
 * @example createRequest(new URL('/api/rule', 'http://localhost'), { headers: { cookie: 'a=1' } }).headers.get('cookie') // 'a=1'
 */
export function createRequest(url: URL, init?: RequestInit): Request {
  const request = new Request(url, init);
  if (init?.body instanceof ReadableStream) streamed.add(request);
  return withHeaders(request, new Headers(init?.headers));
}

const streamed = new WeakSet<Request>();

/**
 * Whether a request's body comes bit by bit, so that the head is to go ahead of it. A Request does not tell.
 *
 * @example isStreamed(createRequest(url, { method: 'POST', body: stream, duplex: 'half' })) // true
 */
export function isStreamed(request: Request): boolean {
  return streamed.has(request);
}

/**
 * A Response whose headers are as they were given: a browser leaves Set-Cookie out of its own.
 *
 * @example createResponse('', { headers: new Headers([['set-cookie', 'a=1']]) }).headers.getSetCookie() // ['a=1']
 */
export function createResponse(
  body: BodyInit | null,
  init: { readonly status?: number; readonly statusText?: string; readonly headers: Headers },
): Response {
  const response = new Response(body, init);
  return withHeaders(response, new Headers(init.headers));
}

/** Puts other headers in the place of a message's own, with those that its body has brought. */
function withHeaders<Message extends Request | Response>(
  message: Message,
  headers: Headers,
): Message {
  for (const [name, value] of message.headers) if (!headers.has(name)) headers.append(name, value);
  return Object.defineProperty(message, 'headers', { value: headers });
}
