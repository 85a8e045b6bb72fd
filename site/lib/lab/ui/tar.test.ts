import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packTar } from './tar.ts';

test('the system’s tar unpacks it, byte for byte', () => {
  const files = {
    'index.ts': 'console.log(1);\n',
    'models/todo.ts': '// 待办\n',
    empty: '',
    full: 'x'.repeat(512),
  };
  const folder = mkdtempSync(join(tmpdir(), 'serverless-evolution-tar-'));
  try {
    const modified = new Date('2026-01-02T03:04:05Z');
    execFileSync('tar', ['-xf', '-', '-C', folder], {
      input: packTar('01-all-in-one', files, modified),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const [path, text] of Object.entries(files))
      expect(readFileSync(join(folder, '01-all-in-one', path), 'utf8')).toBe(text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a name that tar cannot hold is refused', () => {
  expect(() => packTar('x', { [`${'long/'.repeat(20)}a.ts`]: '' }, new Date(0))).toThrow(
    'too long a name',
  );
});
