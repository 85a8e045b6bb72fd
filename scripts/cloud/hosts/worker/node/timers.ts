import { hold } from './event-loop.ts';
import { received } from './received.ts';

type Callback = (...parameters: unknown[]) => void;

// The browser's own, kept before the program's take their names.
const { setTimeout: begin, clearTimeout: cancel } = globalThis;

/** What Node's timers answer: an object that can let the process end. */
export class Timeout {
  #release: (() => void) | undefined;
  #handle: ReturnType<typeof begin> | undefined;
  readonly #run: () => void;
  readonly #delay: number;
  readonly #repeats: boolean;
  #isReferenced = true;

  constructor(callback: Callback, delay: number, parameters: unknown[], repeats: boolean) {
    // As Node has it: what is no delay between 1 ms and 24.8 days is 1 ms.
    this.#delay = delay >= 1 && delay <= 2 ** 31 - 1 ? Math.trunc(delay) : 1;
    this.#repeats = repeats;
    this.#run = () => {
      const settle = this.#repeats ? () => this.#start() : () => this.close();
      settle();
      callback(...parameters);
    };
    this.#start();
  }

  #start(): void {
    cancel(this.#handle);
    this.#handle = begin(this.#run, this.#delay);
    if (this.#isReferenced) this.#release ??= hold();
  }

  ref(): this {
    this.#isReferenced = true;
    if (this.#handle !== undefined) this.#release ??= hold();
    return this;
  }

  unref(): this {
    this.#isReferenced = false;
    this.#letGo();
    return this;
  }

  hasRef(): boolean {
    return this.#isReferenced;
  }

  refresh(): this {
    this.#start();
    return this;
  }

  close(): this {
    cancel(this.#handle);
    this.#handle = undefined;
    this.#letGo();
    return this;
  }

  #letGo(): void {
    this.#release?.();
    this.#release = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Calls back in a later turn, before timers. */
export class Immediate {
  #release: (() => void) | undefined = hold();
  #port: MessagePort | undefined;

  constructor(callback: Callback, parameters: unknown[]) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.addEventListener('message', () => {
      this.close();
      callback(...parameters);
    });
    port1.start();
    port2.postMessage(undefined);
  }

  ref(): this {
    if (this.#port) this.#release ??= hold();
    return this;
  }

  unref(): this {
    this.#release?.();
    this.#release = undefined;
    return this;
  }

  hasRef(): boolean {
    return this.#release !== undefined;
  }

  close(): void {
    this.#port?.close();
    this.#port = undefined;
    this.unref();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export function setTimeout(callback: Callback, delay = 1, ...parameters: unknown[]): Timeout {
  return new Timeout(checked(callback), delay, parameters, false);
}

export function setInterval(callback: Callback, delay = 1, ...parameters: unknown[]): Timeout {
  return new Timeout(checked(callback), delay, parameters, true);
}

export function setImmediate(callback: Callback, ...parameters: unknown[]): Immediate {
  return new Immediate(checked(callback), parameters);
}

/** Ends any kind of timer; what is none is let be, as Node does. */
export function clearTimeout(timer: unknown): void {
  if (timer instanceof Timeout || timer instanceof Immediate) timer.close();
}

export const clearInterval = clearTimeout;
export const clearImmediate = clearTimeout;

function checked(callback: unknown): Callback {
  if (typeof callback === 'function') return callback as Callback;
  throw Object.assign(
    new TypeError(
      `The "callback" argument must be of type function. Received ${received(callback)}`,
    ),
    { code: 'ERR_INVALID_ARG_TYPE' },
  );
}

export default {
  setTimeout,
  setInterval,
  setImmediate,
  clearTimeout,
  clearInterval,
  clearImmediate,
};
