import { describe, expect, it } from 'vitest';
import { decide, type Member, nextReclaim, reclaim } from './pool.ts';

const member = (id: string, state: Member['state'], idleSince = 0): Member => ({
  id,
  state,
  idleSince,
});

describe('the next request', () => {
  it('starts the first instance', () => {
    expect(decide([], 2)).toEqual({ kind: 'start' });
  });

  it('takes the idle instance that was used last, so that the others can be reclaimed', () => {
    const members = [member('a', 'idle', 10), member('b', 'idle', 30), member('c', 'idle', 20)];
    expect(decide(members, 3)).toEqual({ kind: 'reuse', id: 'b' });
  });

  it('never shares an instance: while one is busy or starting, another one starts', () => {
    expect(decide([member('a', 'busy')], 2)).toEqual({ kind: 'start' });
    expect(decide([member('a', 'starting')], 2)).toEqual({ kind: 'start' });
  });

  it('is throttled when the cap is reached, and ending instances do not count', () => {
    const members = [member('a', 'busy'), member('b', 'starting')];
    expect(decide(members, 2)).toEqual({ kind: 'throttle', limit: 2 });
    expect(decide([member('a', 'busy'), member('b', 'stopping')], 2)).toEqual({ kind: 'start' });
  });
});

describe('reclaiming', () => {
  const members = [
    member('old', 'idle', 1_000),
    member('new', 'idle', 2_000),
    member('busy', 'busy', 0),
  ];

  it('takes who was idle for the whole window, and nobody else', () => {
    expect(reclaim(members, 300, 1_299)).toEqual([]);
    expect(reclaim(members, 300, 1_300)).toEqual(['old']);
    expect(reclaim(members, 300, 9_000)).toEqual(['old', 'new']);
  });

  it('falls due when the first one has been idle for the window', () => {
    expect(nextReclaim(members, 300)).toBe(1_300);
    expect(nextReclaim([member('busy', 'busy')], 300)).toBeUndefined();
  });
});
