type Subscriber = (message: object, name: PropertyKey) => void;

/** A named channel. Stores of AsyncLocalStorage cannot be bound: it is not in the Lab. */
export class Channel {
  readonly name: PropertyKey;
  #subscribers: readonly Subscriber[] = [];

  constructor(name: PropertyKey) {
    this.name = name;
  }

  get hasSubscribers(): boolean {
    return this.#subscribers.length > 0;
  }

  subscribe(subscriber: Subscriber): void {
    this.#subscribers = [...this.#subscribers, subscriber];
  }

  unsubscribe(subscriber: Subscriber): boolean {
    const before = this.#subscribers.length;
    this.#subscribers = this.#subscribers.filter((each) => each !== subscriber);
    return this.#subscribers.length < before;
  }

  publish(message: object): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        // A subscriber's fault is nothing that the publisher could mend.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  runStores<Result>(
    message: object,
    call: (...parameters: unknown[]) => Result,
    self?: unknown,
    ...parameters: unknown[]
  ): Result {
    this.publish(message);
    return Reflect.apply(call, self, parameters);
  }
}

const channels = new Map<PropertyKey, Channel>();

export function channel(name: PropertyKey): Channel {
  const known = channels.get(name) ?? new Channel(name);
  channels.set(name, known);
  return known;
}

export const hasSubscribers = (name: PropertyKey): boolean => channel(name).hasSubscribers;
export const subscribe = (name: PropertyKey, subscriber: Subscriber): void =>
  channel(name).subscribe(subscriber);
export const unsubscribe = (name: PropertyKey, subscriber: Subscriber): boolean =>
  channel(name).unsubscribe(subscriber);

const PHASES = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;
type Phase = (typeof PHASES)[number];
type Context = Record<string, unknown>;

/** The five channels of one traced action. */
export class TracingChannel {
  readonly start: Channel;
  readonly end: Channel;
  readonly asyncStart: Channel;
  readonly asyncEnd: Channel;
  readonly error: Channel;

  constructor(name: string) {
    const of = (phase: Phase): Channel => channel(`tracing:${name}:${phase}`);
    this.start = of('start');
    this.end = of('end');
    this.asyncStart = of('asyncStart');
    this.asyncEnd = of('asyncEnd');
    this.error = of('error');
  }

  get hasSubscribers(): boolean {
    return PHASES.some((phase) => this[phase].hasSubscribers);
  }

  subscribe(subscribers: Partial<Record<Phase, Subscriber>>): void {
    for (const phase of PHASES) {
      const subscriber = subscribers[phase];
      if (subscriber) this[phase].subscribe(subscriber);
    }
  }

  unsubscribe(subscribers: Partial<Record<Phase, Subscriber>>): boolean {
    return PHASES.every((phase) => {
      const subscriber = subscribers[phase];
      return !subscriber || this[phase].unsubscribe(subscriber);
    });
  }

  traceSync<Result>(
    call: (...parameters: unknown[]) => Result,
    context: Context = {},
    self?: unknown,
    ...parameters: unknown[]
  ): Result {
    return this.start.runStores(context, () => {
      try {
        const result = Reflect.apply(call, self, parameters);
        context['result'] = result;
        return result;
      } catch (error) {
        context['error'] = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise<Result>(
    call: (...parameters: unknown[]) => Promise<Result>,
    context: Context = {},
    self?: unknown,
    ...parameters: unknown[]
  ): Promise<Result> {
    const settle = (key: 'result' | 'error', value: unknown): void => {
      context[key] = value;
      if (key === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.start.runStores(context, () => {
      try {
        return Promise.resolve(Reflect.apply(call, self, parameters)).then(
          (result) => {
            settle('result', result);
            return result;
          },
          (error: unknown) => {
            settle('error', error);
            throw error;
          },
        );
      } catch (error) {
        context['error'] = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

export const tracingChannel = (name: string): TracingChannel => new TracingChannel(name);

export default { Channel, channel, hasSubscribers, subscribe, unsubscribe, tracingChannel };
