import { describe, expect, it } from 'vitest';
import {
  NO_PROGRESS,
  PROGRESS_KEY,
  keepProgress,
  reached,
  readProgress,
  resumeAt,
} from './progress.ts';

const STAGES = ['01-all-in-one', '02-file-db'];

function keeper(text?: string) {
  const kept = new Map(text === undefined ? [] : [[PROGRESS_KEY, text]]);
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('progress', () => {
  it('is kept and read again', () => {
    const browser = keeper();
    keepProgress(browser, reached(NO_PROGRESS, '01-all-in-one', 'run'));
    expect(readProgress(browser)).toEqual({
      at: { stage: '01-all-in-one', section: 'run' },
      done: [],
    });
  });

  it('is none where nothing is kept, or something else', () => {
    for (const text of [undefined, 'no JSON', 'null', '[]', '{"at":1,"done":{}}'])
      expect(readProgress(keeper(text))).toEqual(NO_PROGRESS);
  });

  it('is not kept where the browser refuses, and nothing breaks', () => {
    const refuses = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(readProgress(refuses)).toEqual(NO_PROGRESS);
    expect(() => keepProgress(refuses, NO_PROGRESS)).not.toThrow();
  });

  it('counts a stage as read once its last section was seen', () => {
    const once = reached(NO_PROGRESS, '01-all-in-one', 'still-hurts');
    expect(once.done).toEqual(['01-all-in-one']);
    const again = reached(once, '01-all-in-one', 'still-hurts');
    expect(again.done).toEqual(['01-all-in-one']);
    expect(reached(again, '01-all-in-one', 'run').done).toEqual(['01-all-in-one']);
  });

  it('goes on where it stopped, and with the next stage after the last section', () => {
    const inside = reached(NO_PROGRESS, '01-all-in-one', 'run');
    expect(resumeAt(inside, STAGES)).toEqual({ stage: '01-all-in-one', section: 'run' });
    const over = reached(inside, '01-all-in-one', 'still-hurts');
    expect(resumeAt(over, STAGES)).toEqual({ stage: '02-file-db', section: '' });
    const last = reached(over, '02-file-db', 'still-hurts');
    expect(resumeAt(last, STAGES)).toEqual({ stage: '02-file-db', section: 'still-hurts' });
    expect(resumeAt(NO_PROGRESS, STAGES)).toBeUndefined();
    expect(resumeAt(reached(NO_PROGRESS, '09-gone', 'run'), STAGES)).toBeUndefined();
  });
});
