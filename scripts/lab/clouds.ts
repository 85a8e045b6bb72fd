import type { Cloud } from '../cloud/functions/core/cloud.ts';
import { FC } from '../cloud/functions/core/fc/cloud.ts';
import type { Manifest } from '../cloud/functions/core/manifest.ts';
import type { Environment } from '../cloud/functions/core/manifest-file.ts';

/** What reads a cloud's manifest; with a parser of YAML, which a tab needs only when a reader changes one. */
interface Reader {
  parseManifest(text: string, file: string, environment?: Environment): Manifest;
}

/** The clouds whose functions run in a tab, by their target; what few stages need is loaded by them. */
export const CLOUDS = {
  fc: {
    cloud: async () => FC,
    reader: () => import('../cloud/functions/core/fc/manifest.ts'),
  },
  scf: {
    cloud: async () => (await import('../cloud/functions/core/scf/cloud.ts')).SCF,
    reader: () => import('../cloud/functions/core/scf/manifest.ts'),
  },
} as const satisfies Readonly<
  Record<string, { cloud(): Promise<Cloud>; reader(): Promise<Reader> }>
>;
export type LabCloud = keyof typeof CLOUDS;

/**
 * Whether a target is functions on a cloud.
 *
 * @example isCloud('scf') // true
 */
export function isCloud(target: string): target is LabCloud {
  return Object.hasOwn(CLOUDS, target);
}
