/** What a kn command line says. */
export interface KnCall {
  /** `['service', 'update']` */
  readonly command: readonly string[];
  readonly names: readonly string[];
  /** Flags that may be given more than once keep every value. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
}

/** A line that kn cannot read; the message is what it says. */
export class KnError extends Error {}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  service: ['list', 'describe', 'update', 'apply', 'delete'],
  revision: ['list'],
  route: ['list'],
};
const ALIASES: Readonly<Record<string, string>> = {
  services: 'service',
  ksvc: 'service',
  revisions: 'revision',
  rev: 'revision',
  routes: 'route',
  ls: 'list',
};
const SHORT: Readonly<Record<string, string>> = {
  n: 'namespace',
  o: 'output',
  f: 'filename',
  s: 'service',
  e: 'env',
};

/** The flags of each command; those of every command come beside. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  'service list': [],
  'service describe': ['output'],
  'service apply': ['filename'],
  'service delete': [],
  'service update': [
    'traffic',
    'tag',
    'untag',
    'image',
    'env',
    'scale',
    'scale-min',
    'scale-max',
    'concurrency-limit',
    'revision-name',
  ],
  'revision list': ['service'],
  'route list': [],
};
const EVERYWHERE = ['namespace'];
/** Flags whose value may be a list with commas. */
const LISTS = ['traffic', 'tag', 'untag'];

/**
 * Reads a kn command line, without `kn` itself.
 *
 * @example parseKn(['service', 'update', 'user', '--traffic', 'user-v1=50,user-v2=50'])
 */
export function parseKn(words: readonly string[]): KnCall {
  const [group, verb] = [words[0] ?? '', words[1] ?? ''].map((word) => ALIASES[word] ?? word);
  const verbs = Object.hasOwn(GROUPS, group ?? '') ? GROUPS[group ?? ''] : undefined;
  if (!verbs)
    throw new KnError(unknown('unknown command', words[0] ?? '', 'kn', Object.keys(GROUPS)));
  if (!verbs.includes(verb ?? '')) {
    throw new KnError(unknown('unknown sub-command', words[1] ?? '', `kn ${group}`, verbs));
  }
  const name = `${group} ${verb}`;
  const known = [...(FLAGS[name] ?? []), ...EVERYWHERE];
  const names: string[] = [];
  const flags: Record<string, string[]> = {};
  const rest = words.slice(2);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const flag = flagOf(word);
    if (!flag) {
      names.push(word);
      continue;
    }
    if (!known.includes(flag.name)) throw new KnError(`unknown flag: ${word.split('=')[0]}`);
    const value = flag.value ?? rest.shift();
    if (value === undefined) throw new KnError(`flag needs an argument: ${word}`);
    const values = LISTS.includes(flag.name) ? value.split(',') : [value];
    flags[flag.name] = [...(flags[flag.name] ?? []), ...values];
  }
  return { command: [group ?? '', verb ?? ''], names, flags };
}

function flagOf(word: string): { name: string; value: string | undefined } | undefined {
  const long = /^--([a-z][a-z-]*)(?:=(.*))?$/.exec(word);
  if (long) return { name: long[1] ?? '', value: long[2] };
  const short = /^-([a-z])(?:=?(.+))?$/.exec(word);
  if (!short) return undefined;
  const letter = short[1] ?? '';
  return { name: SHORT[letter] ?? letter, value: short[2] };
}

function unknown(what: string, word: string, where: string, known: readonly string[]): string {
  const found = word === '' ? `no command for '${where}'` : `${what} '${word}' for '${where}'`;
  return `${found}\nAvailable here: ${known.join(', ')}`;
}
