/** A kubectl command line, read. */
export interface Call {
  /** `get`, `rollout status` ... */
  readonly verb: string;
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | true>>;
}

/** A mistake in what was typed: what kubectl says beside `error:`. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

interface Flag {
  /** What follows it; undefined for a switch. */
  readonly value?: string;
  readonly short?: string;
}

const FLAGS: Readonly<Record<string, Flag>> = {
  output: { value: 'format', short: 'o' },
  selector: { value: 'labels', short: 'l' },
  namespace: { value: 'name', short: 'n' },
  filename: { value: 'file', short: 'f' },
  container: { value: 'name', short: 'c' },
  watch: { short: 'w' },
  'no-headers': {},
  'show-labels': {},
  'sort-by': { value: 'path' },
  follow: {},
  previous: { short: 'p' },
  tail: { value: 'lines' },
  timestamps: {},
  prefix: {},
  replicas: { value: 'count' },
  'to-revision': { value: 'revision' },
  revision: { value: 'revision' },
  timeout: { value: 'duration' },
  wait: { value: 'true|false' },
  now: {},
  force: {},
  'grace-period': { value: 'seconds' },
  all: {},
  'all-namespaces': { short: 'A' },
};

/** In `logs`, -f is --follow and takes nothing. */
const SHORT_IN_LOGS: Readonly<Record<string, string>> = { f: 'follow' };

/** Verbs that are followed by another word of theirs. */
const PAIRED = ['rollout', 'top', 'set', 'config', 'create'];

/**
 * Reads the words after `kubectl`.
 *
 * @example parseCall(['get', 'pods', '-o', 'wide']) // { verb: 'get', words: ['pods'], flags: { output: 'wide' } }
 */
export function parseCall(words: readonly string[]): Call {
  const rest = [...words];
  const plain: string[] = [];
  const flags: Record<string, string | true> = {};
  const isLogs = (): boolean => plain[0] === 'logs' || plain[0] === 'log';
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      plain.push(...rest.splice(0));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      continue;
    }
    const { name, text } = word.startsWith('--') ? longFlag(word) : shortFlag(word, isLogs());
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (!flag) throw new KubectlError(`unknown flag: ${word.split('=')[0]}`);
    if (flag.value === undefined) {
      if (text !== 'false') flags[name] = true;
      continue;
    }
    // `--wait` and `--output` may stand alone or take a value.
    const value = text ?? (name === 'wait' ? 'true' : rest.shift());
    if (value === undefined) throw new KubectlError(`flag needs an argument: ${word}`);
    flags[name] = value;
  }
  const [first = '', second] = plain;
  if (PAIRED.includes(first) && second !== undefined) {
    return { verb: `${first} ${second}`, words: plain.slice(2), flags };
  }
  return { verb: first, words: plain.slice(1), flags };
}

function longFlag(word: string): { name: string; text: string | undefined } {
  const [name = '', ...rest] = word.slice(2).split('=');
  return { name, text: rest.length > 0 ? rest.join('=') : undefined };
}

function shortFlag(word: string, isLogs: boolean): { name: string; text: string | undefined } {
  const letter = word.charAt(1);
  const known =
    (isLogs ? SHORT_IN_LOGS[letter] : undefined) ??
    Object.keys(FLAGS).find((name) => FLAGS[name]?.short === letter);
  if (known === undefined) {
    throw new KubectlError(`unknown shorthand flag: '${letter}' in ${word}`);
  }
  const text = word.slice(2).replace(/^=/, '');
  return { name: known, text: text === '' ? undefined : text };
}
