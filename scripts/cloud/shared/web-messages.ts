/**
 * A Request whose headers are as they were given. A browser leaves out of its own those that a page may not
 * set, such as Cookie, Host and Sec-Fetch-Site; a platform in a tab stands where a network would, and carries them.
 *
 * @example createRequest(new URL('/api/rule', 'http://localhost'), { headers: { cookie: 'a=1' } }).headers.get('cookie') // 'a=1'
 */
export function createRequest(url: URL, init?: RequestInit): Request {
  const request = new Request(url, init);
  return withHeaders(request, new Headers(init?.headers));
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
