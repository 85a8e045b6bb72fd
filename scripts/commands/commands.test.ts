import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../shared/failure.ts';
import { temporaryFolder, writeFiles } from '../stages/testing/fixture.ts';
import { runStage } from './testing/command-line.ts';
import { course } from './testing/course.ts';

describe('list', { timeout: 20_000 }, () => {
  it('shows every stage, and tells programs the same', async () => {
    const stages = course();
    const { out } = await runStage(['list'], { stages });
    expect(out).toContain('1  01-one  Title of 01-one');
    expect(out).toContain('   Problem: Problem of 02-two');
    const { out: json } = await runStage(['list', '--json'], { stages });
    expect(JSON.parse(json)).toMatchObject([
      { number: 1, id: '01-one', from: null },
      { number: 2, id: '02-two', from: '01-one', title: { en: 'Title of 02-two' } },
    ]);
  });
});

describe('checkout', { timeout: 20_000 }, () => {
  it('takes a path from where the reader is, also through npm', async () => {
    const [stages, directory] = [course(), temporaryFolder()];
    const direct = await runStage(['checkout', '2', 'copy'], { stages, directory });
    expect(direct).toMatchObject({ code: 0, out: `02-two is in ${join(directory, 'copy')}\n` });
    const environment = { npm_lifecycle_event: 'stage', INIT_CWD: directory };
    await runStage(['checkout', '2', 'by-npm'], { stages, environment });
    expect(readdirSync(directory).toSorted()).toEqual(['by-npm', 'copy']);
    expect(readdirSync(join(directory, 'copy')).toSorted()).toEqual(
      ['app.ts', 'new.ts', 'package-lock.json', 'same', 'stage.json'].toSorted(),
    );
    const again = await runStage(['checkout', '2', 'copy'], { stages, directory });
    expect(again.code).toBe(EXIT.usage);
    expect(again.error).toContain('E_CHECKOUT_FOLDER');
  });

  it('makes a history up to the stage', async () => {
    const [stages, directory] = [course(), temporaryFolder()];
    const { error } = await runStage(['checkout', '2', 'copy', '--history'], { stages, directory });
    expect(error).toContain('git diff stage-1 stage-2');
    expect(existsSync(join(directory, 'copy/.git/refs/tags/stage-2'))).toBe(true);
  });
});

describe('lineage and propagate', { timeout: 20_000 }, () => {
  it('tell in exit codes whether all is well', async () => {
    const stages = course();
    const fine = await runStage(['lineage'], { stages });
    expect(fine).toMatchObject({
      code: EXIT.fine,
      out: '2 stages: all equal to their parents but for 3 declared changes\n',
    });
    writeFiles(stages, { '02-two/same': 'drifted' });
    const drifted = await runStage(['lineage'], { stages });
    expect(drifted.code).toBe(EXIT.checkFailed);
    expect(drifted.out).toMatch(/^E_STAGE_DRIFT: 02-two\/same differs from 01-one\./);
    expect(JSON.parse((await runStage(['lineage', '--json'], { stages })).out)).toMatchObject([
      { code: 'E_STAGE_DRIFT', stage: '02-two', path: 'same' },
    ]);
    const stopped = await runStage(['propagate'], { stages });
    expect(stopped.code).toBe(EXIT.checkFailed);
    expect(stopped.out).toContain(
      'E_PROPAGATION_STOPPED: 02-two/same differs from 01-one and is not committed.',
    );
  });
});

describe('doctor', { timeout: 20_000 }, () => {
  it('tells targets and tools, and what is needed and missing', async () => {
    const { code, out } = await runStage(['doctor', '--json']);
    expect(code).toBe(EXIT.fine);
    const { targets, tools } = JSON.parse(out) as Record<
      string,
      { target?: string; name?: string }[]
    >;
    expect(targets?.map(({ target }) => target)).toEqual(expect.arrayContaining(['process', 'fc']));
    expect(tools?.map(({ name }) => name)).toEqual([
      'node',
      'npm',
      'git',
      'docker',
      'kubectl',
      'browser',
    ]);
    const empty = await runStage(['doctor'], {
      environment: { PATH: temporaryFolder(), CHROMIUM_PATH: '' },
    });
    expect(empty.code).toBe(EXIT.checkFailed);
    expect(empty.out).toMatch(/node +no +runs a checked-out stage\. Install Node 20 or newer/);
    // Knative is no tool but a cluster's own: how to get it is said in full, with a mirror too.
    const commands = empty.out.split('\n').map((line) => line.trim());
    expect(commands).toContain('kind create cluster');
    expect(commands).toContain('npm run -s stage -- images 7 --mirror m.example.com');
    expect(empty.out).toMatch(/kubectl apply -f https:\S+\/serving-core\.yaml\n/);
  });
});

describe('clean', { timeout: 20_000 }, () => {
  it('deletes what runs leave, says what, and keeps the rest', async () => {
    const stages = course();
    const root = dirname(stages);
    // Elsewhere other tests' folders may come and go.
    const environment = { TMPDIR: temporaryFolder() };
    writeFiles(stages, { '01-one/db.json': '{}', '02-two/dist/a.js': '' });
    writeFiles(root, { 'dist/index.html': '', 'README.md': '' });
    const first = await runStage(['clean'], { stages, environment });
    expect(first.code).toBe(EXIT.fine);
    const deleted = ['dist', 'stages/01-one/db.json', 'stages/02-two/dist'];
    for (const path of deleted) {
      expect(first.out).toContain(`deleted ${path}\n`);
      expect(existsSync(join(root, path))).toBe(false);
    }
    expect(existsSync(join(root, 'README.md'))).toBe(true);
    expect(existsSync(join(stages, '01-one/app.ts'))).toBe(true);
    expect((await runStage(['clean'], { stages, environment })).out).toBe('Nothing to delete.\n');
  });
});
