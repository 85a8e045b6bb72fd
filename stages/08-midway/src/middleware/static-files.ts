import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Config, type IMiddleware, Init, Middleware } from '@midwayjs/core';
import type { Context, NextFunction } from '@midwayjs/faas';

interface File {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

// #region static
/** Answers with the files of public/, all of which are read when an instance starts: no path leads elsewhere. */
@Middleware()
export class StaticFilesMiddleware implements IMiddleware<Context, NextFunction> {
  @Config('publicFolder')
  folder!: string;

  private files: ReadonlyMap<string, File> = new Map();

  @Init()
  async read(): Promise<void> {
    const names = await readdir(this.folder);
    const files = names.map(
      async (name) => [`/${name}`, await readOne(this.folder, name)] as const,
    );
    this.files = new Map(await Promise.all(files));
  }

  resolve() {
    return async (ctx: Context, next: NextFunction): Promise<void> => {
      const file = this.files.get(ctx.path === '/' ? '/index.html' : ctx.path);
      if (file === undefined || ctx.method !== 'GET') {
        await next();
        return;
      }
      ctx.set({ ETag: file.etag, 'Cache-Control': 'public, max-age=0' });
      if (ctx.get('If-None-Match').includes(file.etag)) {
        ctx.status = 304;
        return;
      }
      ctx.set('Content-Type', file.type);
      ctx.body = file.bytes;
    };
  }
}
// #endregion static

async function readOne(folder: string, name: string): Promise<File> {
  const bytes = await readFile(path.join(folder, name));
  return {
    bytes,
    type: TYPES[path.extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  };
}
