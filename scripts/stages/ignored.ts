import { Failure } from '../shared/failure.ts';

/** What a run, an installation, a deployment or an editor leaves in a stage, and secrets: never part of it. */
const NEVER = [
  'node_modules/',
  'dist/',
  'coverage/',
  '.cache/',
  '.git/',
  '.s/',
  'db.json',
  '.db.json.tmp',
  'local/cloud.mjs',
  'local/tables.log*',
  '.env',
  '*.log',
  '.DS_Store',
];

export type IsIgnored = (path: string, isFolder: boolean) => boolean;

/**
 * Reads a stage's .gitignore. Names, `folder/`, `*` and paths from the stage's root are understood, so
 * that a stage without git around it has the same files; a pattern beyond that is refused.
 *
 * @example ignoredBy('*.tmp\n')('models/a.tmp', false) // true
 */
export function ignoredBy(gitignore: string): IsIgnored {
  const lines = gitignore.split('\n').map((line) => line.trim());
  const rules = [...NEVER, ...lines.filter((line) => line && !line.startsWith('#'))].map(toRule);
  return (path, isFolder) => rules.some((rule) => rule(path, isFolder));
}

function toRule(pattern: string): IsIgnored {
  if (/[!?[\]\\]|\*\*/.test(pattern)) {
    throw new Failure(
      'E_IGNORE_PATTERN',
      `.gitignore: "${pattern}" is beyond names, "folder/" and "*". Write it as such a pattern.`,
    );
  }
  const foldersOnly = pattern.endsWith('/');
  const bare = pattern.replace(/^\/|\/$/g, '');
  const anchored = pattern.startsWith('/') || bare.includes('/');
  const source = bare
    .split('*')
    .map((part) => part.replace(/[.+^${}()|]/g, String.raw`\$&`))
    .join('[^/]*');
  const expression = new RegExp(`^${source}$`);
  return (path, isFolder) =>
    (isFolder || !foldersOnly) &&
    expression.test(anchored ? path : path.slice(path.lastIndexOf('/') + 1));
}
