import { describe, expect, it } from 'vitest';
import { EXIT } from '../shared/failure.ts';
import { runStage } from './testing/command-line.ts';
import { course } from './testing/course.ts';

describe('diff', { timeout: 20_000 }, () => {
  it('shows patches with the declared reasons; a lockfile is one line', async () => {
    const { code, out } = await runStage(['diff', '1', '2'], { stages: course() });
    expect(code).toBe(EXIT.fine);
    expect(out).toBe(`M app.ts
  todos move into a file
--- 01-one/app.ts
+++ 02-two/app.ts
@@ -1,1 +1,1 @@
-let a = 1;
+let a = 2;

R old.ts -> new.ts
  todos move into a file

M package-lock.json  packages: 0 added, 0 removed, 1 at another version
  todos move into a file

`);
  });

  it('compares with the parent, in both directions, a part, and briefly', async () => {
    const stages = course();
    const out = async (...words: string[]) => (await runStage(['diff', ...words], { stages })).out;
    expect(await out('2')).toBe(await out('1', '2'));
    expect(await out('2', 'app.ts')).toBe(await out('one', 'two', './app.ts'));
    expect(await out('2', '1', 'app.ts')).toContain('+let a = 1;');
    expect(await out('2', '--stat')).toBe(
      [
        'M  app.ts             +1 -1',
        'R  old.ts -> new.ts   +0 -0',
        'M  package-lock.json  packages: 0 added, 0 removed, 1 at another version',
        '3 files, +1 -1 lines\n',
      ].join('\n'),
    );
    expect(JSON.parse(await out('2', 'old.ts', '--json'))).toMatchObject({
      before: '01-one',
      after: '02-two',
      files: [{ status: 'R', path: 'new.ts', was: 'old.ts', hunks: [] }],
    });
  });

  it('tells an equal file from one that is not there', async () => {
    const stages = course();
    const equal = await runStage(['diff', '1', '2', 'same'], { stages });
    expect(equal).toMatchObject({
      code: 0,
      out: '',
      error: 'same is the same in 01-one and 02-two.\n',
    });
    const unknown = await runStage(['diff', '1', '2', 'sane'], { stages });
    expect(unknown).toMatchObject({ code: EXIT.usage, out: '' });
    expect(unknown.error).toMatch(/^E_PATH_UNKNOWN: neither 01-one nor 02-two has "sane"\./);
  });

  it('is coloured when asked to be, and never with NO_COLOR', async () => {
    const stages = course();
    const coloured = async (environment: Record<string, string>) =>
      (await runStage(['diff', '2'], { stages, environment })).out.includes(
        '\u001b[32m+let a = 2;',
      );
    expect(await coloured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });
});
