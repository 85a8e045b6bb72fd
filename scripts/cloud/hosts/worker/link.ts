/** A module as plain JavaScript, and where it names others. */
export interface LinkableModule {
  readonly code: string;
  readonly imports: readonly ModuleImport[];
}

/** `start` and `end` enclose the specifier: without its quotes in a declaration, with them in `import('...')`. */
export interface ModuleImport {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
  readonly isDynamic: boolean;
}

export interface LinkOptions {
  /** Absolute path -> module. */
  readonly modules: Readonly<Record<string, LinkableModule>>;
  /** Specifier of a package or a `node:` module -> address. */
  readonly vendor: Readonly<Record<string, string>>;
  /** What `__dirname` is in a module that its author's compiler makes a script of; unknown to others. */
  dirnameOf?(path: string): string;
  /** Makes an address of a module's final text. */
  createUrl(code: string): string;
}

/** Modules that a worker can import. */
export interface LinkedModules {
  /** Absolute path -> address. */
  readonly urls: Readonly<Record<string, string>>;
  /** Absolute path -> why it has no address, in Node's words. */
  readonly broken: Readonly<Record<string, string>>;
}

/**
 * Points every specifier at an address that a browser can load: another module of the stage, or one that
 * was prepared from a package. Lines stay where they are.
 *
 * @example
 * linkModules({ modules: { '/code/a.js': { code: "import './b.js'", imports: [...] } }, vendor, createUrl }).urls['/code/a.js']
 */
export function linkModules(options: LinkOptions): LinkedModules {
  const { modules, vendor, createUrl, dirnameOf } = options;
  const urls: Record<string, string> = {};
  const broken: Record<string, string> = {};
  const underway: string[] = [];

  const addressOf = (specifier: string, from: string): string => {
    if (!/^(\.{1,2}|file:\/)?\//.test(specifier)) return packageOf(specifier, from);
    const path = decodeURIComponent(new URL(specifier, `file://${from}`).pathname);
    const url = link(path);
    if (url !== undefined) return url;
    throw new Error(broken[path] ?? `Cannot find module '${path}' imported from ${from}`);
  };

  const packageOf = (specifier: string, from: string): string => {
    const url = Object.hasOwn(vendor, specifier) ? vendor[specifier] : undefined;
    if (url !== undefined) return url;
    const known = Object.keys(vendor).filter((name) => !name.includes(':'));
    throw new Error(
      specifier.startsWith('node:')
        ? `${specifier} is not in the Lab, imported from ${from}`
        : `Cannot find package '${specifier}' imported from ${from}. The Lab has ${known.join(', ')}`,
    );
  };

  const link = (path: string): string | undefined => {
    const module = modules[path];
    if (urls[path] !== undefined || broken[path] !== undefined || !module) return urls[path];
    if (underway.includes(path)) {
      const circle = [...underway.slice(underway.indexOf(path)), path].join(' > ');
      throw new Error(`modules that import each other are not in the Lab: ${circle}`);
    }
    underway.push(path);
    try {
      const text = finished(path, module, (specifier) => addressOf(specifier, path));
      urls[path] = createUrl(scriptOf(dirnameOf?.(path), module) + text);
    } catch (error) {
      broken[path] = (error as Error).message;
    } finally {
      underway.pop();
    }
    return urls[path];
  };

  for (const path of Object.keys(modules)) link(path);
  return { urls, broken };
}

/** The text that is loaded: addresses for specifiers, `import.meta` as Node fills it in, the path for stack traces. */
function finished(
  path: string,
  { code, imports }: LinkableModule,
  addressOf: (specifier: string) => string,
): string {
  let text = '';
  let at = 0;
  for (const { specifier, start, end, isDynamic } of imports) {
    const address = addressOf(specifier);
    text += code.slice(at, start) + (isDynamic ? JSON.stringify(address) : address);
    at = end;
  }
  return `${metaOf(path, code)}${text}${code.slice(at)}\n//# sourceURL=${path}`;
}

function scriptOf(dirname: string | undefined, { code }: LinkableModule): string {
  const isUsed = dirname !== undefined && code.includes('__dirname');
  return isUsed ? `const __dirname=${JSON.stringify(dirname)};` : '';
}

/** `import.meta` is an object of the module's own: what Node would have put there is put there. */
function metaOf(path: string, code: string): string {
  if (!code.includes('import.meta')) return '';
  const meta = {
    url: `file://${path}`,
    filename: path,
    dirname: path.slice(0, path.lastIndexOf('/')) || '/',
  };
  return `Object.assign(import.meta,${JSON.stringify(meta)});`;
}
