/** Runs a function; there is no context here that it could lose. */
export class AsyncResource {
  readonly type: string;

  constructor(type: string) {
    this.type = type;
  }

  runInAsyncScope<Result>(
    call: (...parameters: unknown[]) => Result,
    self?: unknown,
    ...parameters: unknown[]
  ): Result {
    return Reflect.apply(call, self, parameters);
  }

  bind<Call extends (...parameters: never[]) => unknown>(call: Call): Call {
    return call;
  }

  static bind<Call extends (...parameters: never[]) => unknown>(call: Call): Call {
    return call;
  }

  emitDestroy(): this {
    return this;
  }

  asyncId(): number {
    return 1;
  }

  triggerAsyncId(): number {
    return 0;
  }
}

export default { AsyncResource };
