// Loaded into every instance before its program: tells the host which port the program listens on, and what it uses.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';

const CHANNEL = 'tracing:net.server.listen:asyncEnd';

/** @param {any} message */
function report({ server }) {
  const bound = server instanceof Server ? server.address() : null;
  // A name on the file system is no address that a browser could ask.
  if (bound === null || typeof bound === 'string') return;
  const { address, port } = bound;
  unsubscribe(CHANNEL, report);
  // `listen` publishes before it returns: the program's next lines, often its SIGTERM handler, come first.
  setImmediate(() => process.send?.({ listening: { address, port } }));
}

subscribe(CHANNEL, report);

// The host asks; a channel that only listens does not keep a program alive that has nothing else to do.
process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  const memoryBytes = process.memoryUsage.rss();
  process.send?.({ usage: { cpuMilliseconds: (user + system) / 1000, memoryBytes } });
});
process.channel?.unref();

if (process.env['SERVERLESS_EVOLUTION_FIRST']) {
  delete process.env['SERVERLESS_EVOLUTION_FIRST'];
  // What the kernel does with a signal that PID 1 has no handler for. A program's own handler comes beside it.
  process.on('SIGTERM', () => undefined);
}
