import { blobId } from '../../stages/files.ts';
import { writeStages } from '../../stages/testing/fixture.ts';

const reason = { en: 'todos move into a file', 'zh-CN': '待办写入文件' };
const base = blobId(Buffer.from('let a = 1;\n'));
const lock = (version: string) => JSON.stringify({ packages: { 'node_modules/x': { version } } });

/** Two stages: one file changed, one renamed, a lockfile and an equal file. */
export function course(): string {
  return writeStages(
    [
      '01-one',
      { 'app.ts': 'let a = 1;\n', 'old.ts': 'x\ny\n', 'package-lock.json': lock('1'), same: '' },
    ],
    [
      '02-two',
      { 'app.ts': 'let a = 2;\n', 'new.ts': 'x\ny\n', 'package-lock.json': lock('2'), same: '' },
      {
        from: '01-one',
        changes: [
          { kind: 'changed', path: 'app.ts', reason, base },
          {
            kind: 'renamed',
            path: 'new.ts',
            was: 'old.ts',
            reason,
            base: blobId(Buffer.from('x\ny\n')),
          },
          {
            kind: 'changed',
            path: 'package-lock.json',
            reason,
            base: blobId(Buffer.from(lock('1'))),
          },
        ],
      },
    ],
  );
}
