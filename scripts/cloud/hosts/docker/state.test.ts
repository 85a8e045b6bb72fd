import { describe, expect, it } from 'vitest';
import { type ContainerView, exitOf, readinessOf } from './state.ts';

const state = { Status: 'running', ExitCode: 0, OOMKilled: false, Error: '' };
const view = (State: Partial<ContainerView['State']> = {}): ContainerView => ({
  State: { ...state, ...State },
  NetworkSettings: { Ports: { '3001/tcp': [{ HostIp: '127.0.0.1', HostPort: '49153' }] } },
});
const health = (Status: string, ...said: string[]) => ({
  Health: { Status, Log: said.map((Output) => ({ Output })) },
});

describe('a container', () => {
  it('is ready when its health check has passed, not when its port is open', () => {
    expect(readinessOf(view(health('starting')), 3001)).toEqual({ is: 'starting' });
    expect(readinessOf(view(health('healthy')), 3001)).toEqual({ is: 'ready', port: 49_153 });
    expect(readinessOf(view(), 3001)).toEqual({ is: 'ready', port: 49_153 });
  });

  it('is over when it ended, could not start or is unhealthy, and says how', () => {
    const over = (State: Partial<ContainerView['State']>) => readinessOf(view(State), 3001);
    expect(over({ Status: 'created' })).toEqual({ is: 'starting' });
    expect(over({ Status: 'exited', ExitCode: 1 })).toEqual({ is: 'over', how: 'code 1' });
    expect(over({ Status: 'exited', ExitCode: 137, OOMKilled: true })).toMatchObject({
      how: 'code 137, out of memory',
    });
    expect(over({ Status: 'created', Error: 'port is already allocated' })).toMatchObject({
      how: 'port is already allocated',
    });
    expect(over(health('unhealthy', 'first', 'status 503\n'))).toMatchObject({
      how: 'a failing health check: status 503',
    });
  });

  it('that a signal ended is told as Docker does, with the signal’s name', () => {
    expect(exitOf(view({ ExitCode: 137 }))).toEqual({ code: 137, signal: 'SIGKILL' });
    expect(exitOf(view({ ExitCode: 143 }))).toEqual({ code: 143, signal: 'SIGTERM' });
    expect(exitOf(view({ ExitCode: 1 }))).toEqual({ code: 1, signal: null });
  });
});
