import type { Exit, Host, Instance, StartOptions } from './instance.ts';

/** What a test's program is: made anew for each instance, so its variables are the instance's globals. */
export type TestProgram = (
  self: TestInstance,
) => (request: Request) => Promise<Response> | Response;

/** An instance as its program and the test see it. */
export interface TestInstance {
  readonly id: string;
  readonly environment: Readonly<Record<string, string>>;
  log(text: string): void;
  /** Ends the instance as `process.exit` would. */
  exit(code: number | null, signal?: string | null): void;
}

/**
 * Runs programs as plain functions in this process, for tests that turn the clock by hand.
 *
 * @example
 * const { host, started } = createTestHost(() => { let count = 0; return () => new Response(String(++count)); });
 */
export function createTestHost(program: TestProgram): { host: Host; started: TestInstance[] } {
  const started: TestInstance[] = [];
  return {
    started,
    host: {
      start(_program, options) {
        const { instance, self } = run(program, options);
        started.push(self);
        return instance;
      },
    },
  };
}

function run(
  program: TestProgram,
  options: StartOptions,
): { instance: Instance; self: TestInstance } {
  const { promise: exited, resolve: end } = Promise.withResolvers<Exit>();
  const self: TestInstance = {
    id: options.id,
    environment: options.environment,
    log: (text) => options.onLog({ stream: 'stdout', text }),
    exit: (code, signal = null) => end({ code, signal }),
  };
  const answer = program(self);
  const gone = exited.then(() => {
    throw new TypeError('fetch failed');
  });
  gone.catch(() => undefined);
  return {
    self,
    instance: {
      id: options.id,
      listening: Promise.resolve(Number(options.environment['PORT'] ?? 0) || 40_000),
      exited,
      fetch: (request) => Promise.race([gone, Promise.resolve().then(() => answer(request))]),
      stop() {
        self.log('SIGTERM');
        self.exit(0);
        return exited;
      },
      kill() {
        self.exit(null, 'SIGKILL');
        return exited;
      },
    },
  };
}
