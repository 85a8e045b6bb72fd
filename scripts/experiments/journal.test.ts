import { describe, expect, it } from 'vitest';
import { createJournal } from './journal.ts';

describe('an autoscaler', () => {
  it('is written down when it decides otherwise, and not every two seconds', () => {
    const journal = createJournal({ now: () => performance.now() });
    const decided = (desired: number, isPanic: boolean, stable: number): void =>
      journal.emit({
        at: 0,
        type: 'autoscaled',
        revision: 'rule-00001',
        stable,
        panic: stable,
        target: 7,
        ready: 1,
        desired,
        isPanic,
        excessBurstCapacity: -1,
      });
    decided(8, true, 50);
    decided(8, true, 49);
    decided(8, false, 48);
    decided(7, false, 47);
    decided(7, false, 46);
    expect(journal.entries).toMatchObject([
      { type: 'autoscaled', desired: 8, isPanic: true, stable: 50 },
      { desired: 8, isPanic: false },
      { desired: 7, stable: 47 },
    ]);
  });
});
