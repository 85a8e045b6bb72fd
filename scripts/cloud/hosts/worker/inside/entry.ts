// The script of every worker: makes a Node process of it, loads the program and passes requests on.
import { hold, whenEmpty } from '../node/event-loop.ts';
import { mount } from '../node/fs-disk.ts';
import { watchPorts } from '../node/http/network.ts';
import { inspect } from '../node/inspect.ts';
import process, { configure, end, ExitSignal } from '../node/process.ts';
import { FUNCTIONS_RUNTIME, type Start, type ToWorker } from '../protocol.ts';
import { answer } from './answer.ts';
import { flush, installConsole, write } from './console.ts';
import { openGateway } from './gateway.ts';
import { importModule, setModules } from './modules.ts';
import { leave, tell } from './outside.ts';
import { becomeNode } from './scope.ts';
import { traceDisk, traceMiddleware } from './traces.ts';

/** The folder that can be written whatever the disk is. */
const TEMPORARY = '/tmp';

let listening = 0;

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const { data, ports } = event;
  switch (data.type) {
    case 'start':
      return void start(data);
    case 'request':
      return ports[0] && answer(data, ports[0], listening);
    case 'signal':
      return guarded(() => receive(data.signal));
    case 'ping':
      return tell({ type: 'pong' });
  }
});

addEventListener('error', (event) => {
  event.preventDefault();
  fatal(event.error ?? event.message);
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  fatal(event.reason);
});

async function start(setting: Start): Promise<void> {
  const begun = hold();
  configure({
    ...setting,
    write,
    exit: (code) => {
      flush();
      leave(code, null);
    },
  });
  mount(setting.disk, {
    isWritable: (path) => !setting.isReadOnly || path.startsWith(`${TEMPORARY}/`),
    onChange(change) {
      tell({ type: 'disk', change });
      traceDisk('write', change.path);
    },
    onRead: (path) => traceDisk('read', path),
  });
  setModules(setting);
  installConsole();
  traceMiddleware(setting.directory);
  openGateway(setting.origins);
  watchPorts((port) => {
    listening ||= port;
    tell({ type: 'listening', port });
  });
  becomeNode();
  try {
    if (setting.entry === FUNCTIONS_RUNTIME)
      await (await import('./functions-runtime.ts')).runFunctions();
    else await importModule(setting.entry);
  } catch (error) {
    return fatal(error);
  }
  // As Node: a process ends by itself when there is nothing left that could call it.
  whenEmpty(() => guarded(end));
  begun();
}

/** SIGTERM ends a process that does not listen for it. */
function receive(signal: string): void {
  if (process.listenerCount(signal) > 0) process.emit(signal, signal);
  else {
    flush();
    leave(null, signal);
  }
}

function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    fatal(error);
  }
}

/** An error that nobody caught ends the process, unless the program asked to be told. */
function fatal(error: unknown): void {
  if (error instanceof ExitSignal) return;
  if (process.listenerCount('uncaughtException') > 0)
    return void process.emit('uncaughtException', error, 'uncaughtException');
  write('stderr', `${inspect(error)}\n`);
  process.exitCode = 1;
  guarded(end);
}
