import type { LinkableModule } from '../cloud/hosts/worker/index.ts';
import { Failure } from '../shared/failure.ts';
import { SourceError } from './source-error.ts';

/** What the compiler's worker is asked. */
export interface Compilation {
  readonly number: number;
  readonly path: string;
  readonly text: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What it answers. */
export type Compiled = { readonly number: number } & (
  | { readonly module: LinkableModule }
  | {
      readonly fault: {
        readonly message: string;
        readonly line?: number;
        readonly column?: number;
      };
    }
);

/** Hears which share of the compiler has come: 0 to 1. */
export type OnLoading = (share: number) => void;

/** The compiler of a stage that has one of its own. */
export interface OwnCompiler {
  /** Rejects with a SourceError for a module that cannot be understood. */
  compile(request: Omit<Compilation, 'number'>, onLoading?: OnLoading): Promise<LinkableModule>;
  close(): void;
}

/**
 * A compiler in a worker of its own, so that the page stays responsive. Nothing of it is fetched before it is
 * asked for the first time. `length` is that of the script when it is unpacked.
 *
 * @example
 * const compiler = createOwnCompiler('/lab/vendor/compiler-1F3A0C9B.js', 2_320_408);
 * await compiler.compile({ path: 'src/fc.ts', text, options }, (share) => show(share));
 */
export function createOwnCompiler(url: string, length: number): OwnCompiler {
  let starting: Promise<Worker> | undefined;
  let number = 0;
  const waiting = new Map<number, (compiled: Compiled) => void>();

  async function start(onLoading: OnLoading): Promise<Worker> {
    const script = URL.createObjectURL(await download(url, length, onLoading));
    const worker = new Worker(script, { type: 'module', name: 'compiler' });
    worker.addEventListener('message', ({ data }: MessageEvent<Compiled>) => {
      waiting.get(data.number)?.(data);
      waiting.delete(data.number);
    });
    // One that cannot even start answers nobody.
    worker.addEventListener('error', (event) => {
      const message = `the compiler broke off: ${event.message}`;
      for (const [each, resolve] of waiting) resolve({ number: each, fault: { message } });
      waiting.clear();
    });
    return worker;
  }

  return {
    async compile(request, onLoading = () => undefined) {
      starting ??= start(onLoading);
      const worker = await starting.catch((error: unknown) => {
        // The next change tries again.
        starting = undefined;
        throw error;
      });
      const compilation: Compilation = { number: ++number, ...request };
      const compiled = await new Promise<Compiled>((resolve) => {
        waiting.set(compilation.number, resolve);
        worker.postMessage(compilation, []);
      });
      if ('module' in compiled) return compiled.module;
      const { message, line = 1, column = 1 } = compiled.fault;
      throw new SourceError(request.path, line, column, message);
    },
    close() {
      void starting?.then(
        (worker) => worker.terminate(),
        () => undefined,
      );
      starting = undefined;
      for (const [each, resolve] of waiting)
        resolve({ number: each, fault: { message: 'the Lab has ended' } });
      waiting.clear();
    },
  };
}

async function download(url: string, length: number, onLoading: OnLoading): Promise<Blob> {
  onLoading(0);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
    let received = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          received += chunk.length;
          onLoading(Math.min(1, received / length));
          controller.enqueue(chunk);
        },
      }),
    );
    const text = await new Response(counted).blob();
    return text.slice(0, text.size, 'text/javascript');
  } catch (error) {
    throw new Failure(
      'E_LAB_COMPILER',
      `this stage's compiler could not be loaded: ${(error as Error).message}. What runs goes on, and your change is kept: run it again when the network is back.`,
    );
  }
}
