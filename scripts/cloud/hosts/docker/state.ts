import type { Exit } from '../../shared/instance.ts';

/** A container as `docker inspect` tells it; only what is read of it. */
export interface ContainerView {
  readonly State: {
    /** `created`, `running`, `exited` ... */
    readonly Status: string;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    /** Why it could not be started. */
    readonly Error: string;
    readonly Health?: {
      readonly Status: string;
      readonly Log: readonly { readonly Output: string }[] | null;
    };
  };
  readonly NetworkSettings: {
    readonly Ports: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    >;
  };
}

/** Signals by the number that an exit code above 128 holds. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  6: 'SIGABRT',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

/**
 * How a container ended. Docker tells a signal as 128 and its number, and so is it told on: 137 is what
 * people look for.
 *
 * @example exitOf(view) // { code: 137, signal: 'SIGKILL' }
 */
export function exitOf({ State }: ContainerView): Exit {
  return { code: State.ExitCode, signal: SIGNALS[State.ExitCode - 128] ?? null };
}

export type Readiness =
  | { readonly is: 'ready'; readonly port: number }
  | { readonly is: 'starting' }
  | { readonly is: 'over'; readonly how: string };

/**
 * Whether a container answers, by its own health check: published ports take connections before any program listens.
 *
 * @example readinessOf(view, 3001) // { is: 'ready', port: 49153 }
 */
export function readinessOf({ State, NetworkSettings }: ContainerView, inside: number): Readiness {
  if (State.Error) return { is: 'over', how: State.Error };
  if (State.Status !== 'running') {
    return State.Status === 'created'
      ? { is: 'starting' }
      : { is: 'over', how: `code ${State.ExitCode}${State.OOMKilled ? ', out of memory' : ''}` };
  }
  if (State.Health?.Status === 'unhealthy') {
    const said = State.Health.Log?.at(-1)?.Output.trim();
    return { is: 'over', how: `a failing health check${said ? `: ${said}` : ''}` };
  }
  if (State.Health && State.Health.Status !== 'healthy') return { is: 'starting' };
  const published = NetworkSettings.Ports[`${inside}/tcp`]?.find(
    ({ HostIp }) => HostIp === '127.0.0.1',
  );
  return published ? { is: 'ready', port: Number(published.HostPort) } : { is: 'starting' };
}
