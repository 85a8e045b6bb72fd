import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStages } from './catalogue.ts';
import { blobId, listFiles, readFiles } from './files.ts';
import { gitText } from './git.ts';
import { ignoredBy } from './ignored.ts';
import { temporaryFolder, writeFiles } from './testing/fixture.ts';

describe("a stage's files", () => {
  it('are those that git tracks or would track', () => {
    // A person's own excludes are not the course's.
    const plain = ['-c', 'core.excludesFile='];
    for (const { directory } of readStages()) {
      const tracked = gitText(directory, [
        ...plain,
        'ls-files',
        '--cached',
        '--others',
        '--exclude-standard',
      ]);
      const deleted = new Set(gitText(directory, ['ls-files', '--deleted']).split('\n'));
      const expected = new Set(tracked.split('\n').filter((path) => !deleted.has(path)));
      expect(listFiles(directory)).toEqual([...expected].toSorted());
    }
  });

  it('leave out what runs, installations and secrets put there, at any depth', () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'index.ts': '',
      'models/todo.ts': '',
      'models/db.json': '{}',
      'db.json': '{}',
      '.env': 'SECRET=1',
      'debug.log': '',
      'node_modules/x/index.js': '',
      'dist/index.js': '',
    });
    expect(listFiles(folder)).toEqual(['index.ts', 'models/todo.ts']);
  });

  it('leave out what the .gitignore of the stage names', () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      '.gitignore': '# outputs\n*.tmp\n/local\nout/\nassets/*.map\n',
      'a.tmp': '',
      local: '',
      'keep/local': '',
      'keep/out': 'a file of that name',
      'out/x': '',
      'assets/a.map': '',
      'a.map': '',
    });
    expect(listFiles(folder)).toEqual(['.gitignore', 'a.map', 'keep/local', 'keep/out']);
  });

  it('have a .gitignore that is understood whole', () => {
    expect(() => ignoredBy('!keep.ts')).toThrow(/"!keep\.ts" is beyond names/);
    expect(ignoredBy('a.b')('aXb', false)).toBe(false);
  });

  it('are no links, since those lead out of the stage', () => {
    const folder = temporaryFolder();
    symlinkSync('/etc/hostname', join(folder, 'link'));
    expect(() => listFiles(folder)).toThrow(/link: expected a file or folder, found a link/);
  });

  it('have the ids that git gives them', () => {
    const [stage] = readStages();
    if (!stage) throw new Error('expected a stage');
    const content = readFiles(stage.directory).get('package.json');
    expect(blobId(content ?? Buffer.alloc(0))).toBe(
      gitText(stage.directory, ['hash-object', 'package.json']),
    );
  });
});
