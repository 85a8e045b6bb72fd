/** A page of the course, one of each kind. */
export interface PageKind {
  readonly name: string;
  /** In English; the Chinese one has /zh-cn before it. */
  readonly path: string;
  /** gzip, all that the first load fetches. */
  readonly maxBytes: number;
  /** Files of script; as many as there are unless told. */
  readonly maxScripts?: number;
}

const READ_BYTES = 60_000;
const CODE_BYTES = 120_000;
/** The copy button's. A slow phone that fetches more beside so long a page shows the page later. */
const CODE_SCRIPTS = 1;

export const PAGE_KINDS: readonly PageKind[] = [
  { name: 'home', path: '/', maxBytes: READ_BYTES },
  { name: 'first stage', path: '/stages/01-all-in-one/', maxBytes: READ_BYTES },
  { name: 'later stage', path: '/stages/02-file-db/', maxBytes: READ_BYTES },
  {
    name: 'difference',
    path: '/diff/01-all-in-one/02-file-db/',
    maxBytes: CODE_BYTES,
    maxScripts: CODE_SCRIPTS,
  },
  { name: 'code', path: '/code/02-file-db/', maxBytes: CODE_BYTES, maxScripts: CODE_SCRIPTS },
  { name: 'running', path: '/running/', maxBytes: READ_BYTES },
  { name: 'measures', path: '/measures/', maxBytes: READ_BYTES },
  { name: 'API', path: '/api/', maxBytes: READ_BYTES },
  { name: 'comparisons', path: '/compare/', maxBytes: READ_BYTES },
  {
    name: 'comparison',
    path: '/compare/01-all-in-one/05-docker/',
    maxBytes: READ_BYTES,
  },
  { name: 'decision guide', path: '/choose/', maxBytes: READ_BYTES },
  { name: 'closing', path: '/next/', maxBytes: READ_BYTES },
  { name: 'command line', path: '/commands/', maxBytes: READ_BYTES },
  { name: 'local cloud', path: '/local-cloud/', maxBytes: READ_BYTES },
  { name: 'glossary', path: '/glossary/', maxBytes: READ_BYTES },
];

/**
 * The same page in both languages.
 *
 * @example inBothLanguages('/api/') // ['/api/', '/zh-cn/api/']
 */
export function inBothLanguages(path: string): readonly string[] {
  return [path, `/zh-cn${path}`];
}

/** Every page of every kind in both languages. */
export const ALL_PAGES: readonly (PageKind & { readonly address: string })[] = PAGE_KINDS.flatMap(
  (kind) => inBothLanguages(kind.path).map((address) => ({ ...kind, address })),
);
