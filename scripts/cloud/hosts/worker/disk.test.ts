import { expect, test } from 'vitest';
import { createMachineDisk } from './disk.ts';

test('a disk keeps what is written until it is taken away, and an image is a copy', () => {
  const disk = createMachineDisk({ '/code/a.txt': '中' }, 5);
  const before = disk.image();
  disk.apply({
    kind: 'file',
    path: '/code/b.txt',
    file: { bytes: new Uint8Array([1]), modified: 6 },
  });
  disk.apply({ kind: 'folder', path: '/code/empty' });
  disk.apply({ kind: 'gone', path: '/code/a.txt' });
  expect([...before.files.keys()]).toEqual(['/code/a.txt']);
  expect(before.files.get('/code/a.txt')).toEqual({
    bytes: new TextEncoder().encode('中'),
    modified: 5,
  });
  expect([...disk.image().files.keys()]).toEqual(['/code/b.txt']);
  expect(disk.image().folders).toEqual(['/code/empty']);
});
