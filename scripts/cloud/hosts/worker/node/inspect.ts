/** Node's limits: https://nodejs.org/api/util.html#utilinspectobject-options */
const LINE_CHARACTERS = 72;
const MOST_ENTRIES = 100;
const DEFAULT_DEPTH = 2;
/** Levels below a value that may still stand on its line. */
const COMPACT_LEVELS = 3;
const INDENT = '  ';

export interface InspectOptions {
  readonly depth?: number | null;
}

/** A value as text and how many levels are inside it. */
interface Shown {
  readonly text: string;
  readonly levels: number;
}

/** Objects that say themselves how they are shown. */
export const custom = Symbol.for('nodejs.util.inspect.custom');

/** What is remembered while one value is shown. */
interface Context {
  readonly depth: number;
  /** Objects that are met again below themselves, by number. */
  readonly circular: Map<object, number>;
}

/**
 * A value as Node's console shows it.
 *
 * @example inspect({ a: [1, 'b'] }) // "{ a: [ 1, 'b' ] }"
 */
export function inspect(value: unknown, options: InspectOptions = {}): string {
  const depth = options?.depth === null ? Infinity : (options?.depth ?? DEFAULT_DEPTH);
  return show(value, { depth, circular: new Map() }, []).text;
}

function show(value: unknown, context: Context, above: readonly object[]): Shown {
  if (typeof value === 'function') return { text: functionText(value as Callable), levels: 0 };
  if (typeof value !== 'object' || value === null) return { text: primitiveText(value), levels: 0 };
  if (above.includes(value)) {
    const number = context.circular.get(value) ?? context.circular.size + 1;
    context.circular.set(value, number);
    return { text: `[Circular *${number}]`, levels: 0 };
  }
  const own = (value as Record<symbol, unknown>)[custom];
  if (typeof own === 'function') {
    const shown: unknown = Reflect.apply(own, value, [context.depth, {}, inspect]);
    return { text: typeof shown === 'string' ? shown : inspect(shown), levels: 0 };
  }
  return showObject(value, context, above);
}

function showObject(value: object, context: Context, above: readonly object[]): Shown {
  if (above.length > context.depth)
    return { text: `[${nameOf(value) || 'Object: null prototype'}]`, levels: 0 };
  const { prefix, base, entries, open, close } = partsOf(value, above.length === 0);
  const shown = entries.map(([key, entry]) => {
    const { text, levels } = show(entry, context, [...above, value]);
    return { text: key === undefined ? text : `${key}: ${text}`, levels };
  });
  const levels = shown.reduce((most, each) => Math.max(most, each.levels + 1), 0);
  const texts = shown.map(({ text }) => text);
  const number = context.circular.get(value);
  const start = `${number === undefined ? '' : `<ref *${number}> `}${prefix}`;
  if (texts.length === 0) return { text: base ? start + base : `${start}${open}${close}`, levels };
  const length = texts.reduce((sum, text) => sum + text.length + 2, start.length);
  const fits =
    levels <= COMPACT_LEVELS &&
    length <= LINE_CHARACTERS &&
    !`${base}${texts.join('')}`.includes('\n');
  const head = base ? `${base} ${open}` : open;
  const text = fits
    ? `${start}${head} ${texts.join(', ')} ${close}`
    : `${start}${head}\n${texts.map((each) => indented(each)).join(',\n')}\n${close}`;
  return { text, levels };
}

interface Parts {
  readonly prefix: string;
  /** What stands before the braces: a date, the stack of an error. */
  readonly base: string;
  readonly open: string;
  readonly close: string;
  readonly entries: readonly (readonly [key: string | undefined, value: unknown])[];
}

function partsOf(value: object, isOutermost: boolean): Parts {
  const own = Object.keys(value).map(
    (key) => [keyText(key), (value as Record<string, unknown>)[key]] as const,
  );
  const braces = { open: '{', close: '}', base: '', prefix: '' };
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_ENTRIES).map((entry: unknown) => [undefined, entry] as const);
    return { ...braces, open: '[', close: ']', entries: shown };
  }
  if (value instanceof Error) {
    const base = stackOf(value, isOutermost);
    // What the stack says already is not said again.
    const entries = own.filter(
      ([key, text]) => !/^(name|message|stack)$/.test(key) || !base.includes(String(text)),
    );
    const hasCause = 'cause' in value && !entries.some(([key]) => key === 'cause');
    return {
      ...braces,
      base,
      entries: hasCause ? [...entries, ['[cause]', value.cause]] : entries,
    };
  }
  if (value instanceof Date) return { ...braces, base: value.toISOString(), entries: own };
  if (value instanceof RegExp) return { ...braces, base: String(value), entries: own };
  if (value instanceof Map)
    return { ...braces, prefix: `Map(${value.size}) `, entries: pairs(value) };
  if (value instanceof Set) {
    const entries = [...value].map((entry: unknown) => [undefined, entry] as const);
    return { ...braces, prefix: `Set(${value.size}) `, entries };
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const numbers = [...(value as Uint8Array)].slice(0, MOST_ENTRIES);
    return {
      ...braces,
      open: '[',
      close: ']',
      prefix: `${nameOf(value)}(${numbers.length}) `,
      entries: numbers.map((number) => [undefined, number] as const),
    };
  }
  if (value instanceof Promise) return { ...braces, base: 'Promise', entries: own };
  const name = nameOf(value);
  const prefix = name === '' ? '[Object: null prototype] ' : name === 'Object' ? '' : `${name} `;
  return { ...braces, prefix, entries: own };
}

function pairs(map: ReadonlyMap<unknown, unknown>): (readonly [undefined, unknown])[] {
  return [...map].map(([key, value]) => [
    undefined,
    { [custom]: () => `${inspect(key)} => ${inspect(value)}` },
  ]);
}

/** V8 puts name and message before the frames; other engines leave them out. */
function stackOf(error: Error, isOutermost: boolean): string {
  const head = error.message ? `${error.name}: ${error.message}` : error.name;
  const stack = error.stack ?? head;
  const whole = named(error, stack.includes(error.message) ? stack : `${head}\n${stack}`);
  return whole.includes('\n') || isOutermost ? whole : `[${whole}]`;
}

/** An error that was only given another name is shown with both. */
function named({ name, constructor }: Error, stack: string): string {
  const kind = constructor.name;
  if (!name.endsWith('Error') || kind.includes(name) || !new RegExp(`^${name}(:|\n|$)`).test(stack))
    return stack;
  return `${kind} [${name}]${stack.slice(name.length)}`;
}

function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return '';
  return (prototype.constructor as { name?: string } | undefined)?.name ?? 'Object';
}

function keyText(key: string): string {
  return /^[a-z_$][\w$]*$/i.test(key) ? key : quoted(key);
}

type Callable = (...parameters: never[]) => unknown;

function functionText(value: Callable): string {
  const { name } = value as { name?: string };
  const isClass = String(value).startsWith('class');
  const kind = isClass ? 'class' : (value.constructor?.name ?? 'Function');
  if (isClass) return `[class ${name || '(anonymous)'}]`;
  return name ? `[${kind}: ${name}]` : `[${kind} (anonymous)]`;
}

function primitiveText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") ? (text.includes('"') ? '`' : '"') : "'";
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `${quote}${escaped}${quote}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => INDENT + line)
    .join('\n');
}
