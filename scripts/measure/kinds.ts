/** What a file of a stage is to whoever keeps the service. */
export const KINDS = ['application', 'page', 'operations'] as const;
export type Kind = (typeof KINDS)[number];

/** Tests, experiments, documents, what runs beside the stage on one machine, and what tools keep for themselves. */
const BESIDE =
  /(^|\/)(tests|experiments|local)\/|\.(md|mmd|d\.ts)$|^(stage|package|package-lock|tsconfig)[^/]*\.json$|^\.(gitignore|npmrc)$/;
/** Says how it is built, packed, placed and watched. */
const OPERATIONS =
  /(^|\/)(Dockerfile|\.dockerignore)$|\.ya?ml$|^build[^/]*\.mjs$|^healthcheck\.ts$/;
/** Runs in the reader's browser. */
const PAGE = /^(public|cdn)\/|^page\/[^/]+\.html$/;

/**
 * Which account a file is booked to; undefined for what no deployment holds.
 *
 * @example kindOfFile('s.yaml') // 'operations'
 */
export function kindOfFile(path: string): Kind | undefined {
  if (BESIDE.test(path)) return undefined;
  if (OPERATIONS.test(path)) return 'operations';
  return PAGE.test(path) ? 'page' : 'application';
}
