import http, { type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** After this long, requests that are still unanswered are given up: before Docker's 10 s are over, and SIGKILL comes. */
const MAX_DRAIN_MILLISECONDS = 8_000;
/** How often connections that have become idle are closed while draining. */
const SWEEP_MILLISECONDS = 20;

/**
 * Serves an app on a port until the process is told to stop.
 *
 * @example serve(app, process.env.PORT ?? '3001');
 */
export function serve(app: RequestListener, port: string): void {
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    return fail(`PORT is "${port}": expected a number from 0 (any free port) to 65535.`);

  // #region listen
  const server = http.createServer(app);
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      fail(
        `Port ${port} is taken. Stop what uses it, or start on another one: PORT=${Number(port) + 1} npm start`,
      );
    else fail(`Cannot listen on port ${port}: ${error.message}`);
  });
  server.listen(Number(port), () => {
    console.log(`Todo service on http://localhost:${(server.address() as AddressInfo).port}`);
  });
  // #endregion listen

  // Once: the second Ctrl-C ends the process as if nobody had listened.
  process.once('SIGTERM', () => drain(server));
  process.once('SIGINT', () => drain(server));
}

// #region drain
/** Takes no new request, answers those under way, then lets the process end by itself. */
function drain(server: Server): void {
  // An answered connection is kept alive for the next request: it is closed as soon as it is idle.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
  const deadline = setTimeout(() => server.closeAllConnections(), MAX_DRAIN_MILLISECONDS);
  server.close(() => {
    clearInterval(sweep);
    clearTimeout(deadline);
  });
}
// #endregion drain

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
