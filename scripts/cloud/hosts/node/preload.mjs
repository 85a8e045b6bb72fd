// Loaded into every instance before its program: tells the host which port the program listens on.
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
