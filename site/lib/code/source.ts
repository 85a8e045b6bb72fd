import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../../scripts/stages/catalogue.ts';
import { isText, listFiles, readFiles } from '../../../scripts/stages/files.ts';
import { isLockfile } from '../../../scripts/stages/lockfile.ts';
import { extractRegion, readRegions, stripRegions } from '../../../scripts/stages/regions.ts';
import { Failure } from '../../../scripts/shared/failure.ts';

/** A part of a stage's code, as readers get the file: without region markers. */
export interface Source {
  readonly code: string;
  /** Number of its first line in the file. */
  readonly line: number;
}

/**
 * A file of a stage, or a region of it. A file or region that does not exist breaks the build.
 *
 * @example readSource(stage, 'index.ts', 'listen').line // 12
 */
export function readSource(stage: Stage, file: string, region?: string): Source {
  if (!listFiles(stage.directory).includes(file)) {
    throw new Failure(
      'E_CODE_FILE',
      `expected a file "${file}" in ${stage.id}, found none. See "npm run stage checkout ${stage.number}".`,
    );
  }
  const text = readFileSync(join(stage.directory, file), 'utf8');
  if (region === undefined) return { code: stripRegions(text).trimEnd(), line: 1 };
  return extractRegion(text, region, `stages/${stage.id}/${file}`);
}

/** A whole file; one that is not for reading has no code. */
export interface SourceFile {
  readonly file: string;
  readonly code?: string;
  /** Lines that something on the site links to: the file's first one and those of its regions. */
  readonly anchors: readonly number[];
}

/**
 * What the lesson has said or drawn already, what is the same in every stage for the tools, and how the page looks:
 * nobody comes here to read it.
 */
const TOLD = /^stage\.json$|^README|^diagram\.mmd$|^experiments\/experiment\.ts$|\.css$/;

/**
 * Whether a file of a stage is one to read: no lockfile, recorded run, description or stylesheet.
 *
 * @example isForReading('README.md') // false
 */
export function isForReading(file: string): boolean {
  return !isLockfile(file) && !file.endsWith('.run.json') && !TOLD.test(file);
}

/**
 * Every file of a stage in order. Lockfiles, recorded runs, descriptions and what is not text come without code.
 *
 * @example listSources(stage)[0] // { file: '.gitignore', code: 'node_modules', anchors: [1] }
 */
export function listSources(stage: Stage): SourceFile[] {
  return [...readFiles(stage.directory)].map(([file, content]) => {
    if (!isText(content) || !isForReading(file)) return { file, anchors: [] };
    const text = content.toString();
    const regions = readRegions(text, `stages/${stage.id}/${file}`);
    return {
      file,
      code: stripRegions(text).trimEnd(),
      anchors: [1, ...regions.map(({ line }) => line)],
    };
  });
}
