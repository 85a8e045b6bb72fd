/** What a container of an image starts, as far as a process needs to know it. */
export interface ImageConfig {
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly ports: readonly number[];
  /** Instructions of the last stage that Kubernetes ignores. */
  readonly ignored: readonly string[];
}

interface Instruction {
  readonly line: number;
  readonly name: string;
  readonly rest: string;
}

type Draft = { -readonly [Key in keyof ImageConfig]: ImageConfig[Key] };

const SHELL = ['/bin/sh', '-c'];

/**
 * Reads what a Dockerfile's last stage says of its process: WORKDIR, ENV, USER, ENTRYPOINT, CMD and EXPOSE.
 * What it copies and runs is not done: the files are where the Dockerfile is.
 *
 * @example parseDockerfile('FROM node:24\nWORKDIR /app\nENV PORT=3001\nCMD ["node", "index.ts"]').command // ['node', 'index.ts']
 */
export function parseDockerfile(text: string): ImageConfig {
  const stages = new Map<string, ImageConfig>();
  const globals: Record<string, string> = {};
  let current: Draft | undefined;
  let variables: Record<string, string> = {};
  let stageName = '';
  const keep = (): void => {
    if (current && stageName) stages.set(stageName, current);
  };

  for (const { name, rest, line } of instructionsOf(text)) {
    const filled = fill(rest, { ...variables, ...current?.environment });
    if (name === 'ARG') {
      const [key, value] = split(filled, '=');
      const known = value ?? (current ? globals[key] : undefined);
      if (known !== undefined) (current ? variables : globals)[key] = unquoted(known);
      continue;
    }
    if (name === 'FROM') {
      keep();
      const [base = '', , alias = ''] = fill(rest, globals)
        .split(/\s+/)
        .filter((word) => !word.startsWith('--'));
      current = { ...(stages.get(base.toLowerCase()) ?? EMPTY), ignored: [] };
      variables = {};
      stageName = alias.toLowerCase();
      continue;
    }
    if (!current) throw new Error(`line ${line}: ${name} before the first FROM`);
    apply(current, name, filled, rest);
  }
  if (!current) throw new Error('no FROM: this is not a Dockerfile');
  return current;
}

const EMPTY: ImageConfig = {
  workdir: '/',
  environment: {},
  user: '',
  entrypoint: [],
  command: [],
  ports: [],
  ignored: [],
};

function apply(image: Draft, name: string, filled: string, raw: string): void {
  switch (name) {
    case 'WORKDIR':
      image.workdir = filled.startsWith('/')
        ? filled
        : `${image.workdir.replace(/\/$/, '')}/${filled}`;
      break;
    case 'ENV':
      image.environment = { ...image.environment, ...pairs(filled) };
      break;
    case 'USER':
      image.user = filled;
      break;
    case 'EXPOSE':
      image.ports = [...image.ports, ...filled.split(/\s+/).map((port) => Number.parseInt(port))];
      break;
    case 'ENTRYPOINT':
      // An entrypoint of its own resets the command of the stage below.
      image.entrypoint = words(raw);
      image.command = [];
      break;
    case 'CMD':
      image.command = words(raw);
      break;
    case 'HEALTHCHECK':
      image.ignored = [...image.ignored, name];
      break;
    default:
  }
}

function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: { line: number; text: string } | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*#/.test(line) || (open === undefined && line.trim() === '')) continue;
    open ??= { line: index + 1, text: '' };
    if (/\\\s*$/.test(line)) {
      open.text += line.replace(/\\\s*$/, ' ');
      continue;
    }
    const [, name = '', rest = ''] = /^\s*(\w+)\s+([^]*)$/.exec(open.text + line) ?? [];
    found.push({ line: open.line, name: name.toUpperCase(), rest: rest.trim() });
    open = undefined;
  }
  return found;
}

/** `["node", "index.ts"]`, or a line for the shell. */
function words(rest: string): string[] {
  if (!rest.startsWith('[')) return [...SHELL, rest];
  return JSON.parse(rest) as string[];
}

/** `A=1 B="two words"`, or the old `A one value`. */
function pairs(rest: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!/^\w+=/.test(rest)) {
    const [key, value = ''] = split(rest, ' ');
    return { [key]: value.trim() };
  }
  for (const [, key = '', value = ''] of rest.matchAll(/(\w+)=("[^"]*"|'[^']*'|(?:\\ |\S)*)/g)) {
    found[key] = unquoted(value).replaceAll('\\ ', ' ');
  }
  return found;
}

function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (_, plain: string | undefined, braced: string | undefined, otherwise: string | undefined) =>
      variables[plain ?? braced ?? ''] ?? otherwise ?? '',
  );
}

function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function unquoted(text: string): string {
  return text.replace(/^(["'])([^]*)\1$/, '$2');
}
