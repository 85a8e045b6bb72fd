import type { Manifest } from '../cloud/functions/core/manifest.ts';
import type { Container } from '../cloud/kubernetes/core/objects.ts';
import type { Applied } from '../cloud/kubernetes/core/manifest.ts';
import type { LinkableModule } from '../cloud/hosts/worker/index.ts';
import type { Erasure } from './erase.ts';

/** Path from the stage's root, with slashes -> text. */
export type Sources = Readonly<Record<string, string>>;

/** Where a stage can run in a tab. */
export const LAB_TARGETS = ['process', 'fc', 'scf', 'kubernetes', 'knative'] as const;
export type LabTarget = (typeof LAB_TARGETS)[number];

/** Where the programs of a stage find what stands beside it. Nobody but the Lab knows these names. */
export const SERVICE_ORIGINS: Readonly<Record<string, string>> = {
  tablestore: 'http://tablestore.lab',
  cdn: 'http://cdn.lab',
};

/** What stands beside a stage, as its stage.json says. */
export interface ServicesPayload {
  readonly services?: readonly string[];
  readonly secrets?: readonly string[];
  readonly built?: BuiltFiles;
}

/** What a stage's own script makes for its CDN when the site is built: a tab has no bundler. */
export interface BuiltFiles {
  /** Where they are: `cdn/dist/`. */
  readonly folder: string;
  /** Path from the stage's root -> text. */
  readonly files: Sources;
  /** The folder of what they are made from: `cdn/`. */
  readonly from: string;
}

/** What the Lab needs to run one stage, made from its folder when the site is built. */
export interface StagePayload extends ServicesPayload {
  readonly format: 1;
  readonly id: string;
  readonly number: number;
  /** As a checked-out copy has them: regions stripped. */
  readonly sources: Sources;
  /** The stage's modules without types, line for line as in `sources`. */
  readonly modules: Readonly<Record<string, PayloadModule>>;
  /** A stage with a compiler of its own: what Node does not run as it is. */
  readonly compiled?: CompiledPayload;
  readonly targets: {
    readonly process?: { readonly entry: string };
    readonly fc?: FunctionsPayload;
    readonly scf?: FunctionsPayload;
    readonly kubernetes?: ClusterPayload;
    readonly knative?: ClusterPayload;
  };
}

/** What a cluster is given. */
export interface ClusterPayload {
  /** What each manifest asks for, with names in the place of variables. */
  readonly manifests: readonly ManifestPayload[];
  /** What the manifests call an image -> the Dockerfile that it is made from. */
  readonly images: Readonly<Record<string, string>>;
  /** The Service that a browser reaches. */
  readonly service: string;
  /** What runs: Deployment, or Knative's Service -> the module that its pods start. */
  readonly programs: Readonly<Record<string, string>>;
  /** What manifests are filled in with beside the stage's services: addresses inside the cluster. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface ManifestPayload {
  readonly file: string;
  readonly objects: readonly Applied[];
  /** Knative's Services. */
  readonly services: readonly KnativeService[];
}

/** A Service of Knative's as far as the Lab looks into it. */
export interface KnativeService {
  readonly metadata?: { readonly name?: string };
  readonly spec?: {
    readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } };
    readonly traffic?: readonly { readonly tag?: string }[];
  };
}

/** How a stage's own compiler is to be used, and where it puts what it makes. */
export interface CompiledPayload {
  /** Options of TypeScript's, as tsconfig.json spells them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The folder of the compiled modules on a machine: `dist/app`. */
  readonly folder: string;
}

/** What becomes of a source: types blanked out, or other code when that is not all. */
export interface PayloadModule extends Pick<LinkableModule, 'imports'> {
  readonly erased?: Erasure;
  readonly code?: string;
}

export interface FunctionsPayload {
  /** The path of the manifest: `s.yaml`. */
  readonly file: string;
  /** The module that the handlers' file is made from, where it has another name. */
  readonly source?: string;
  readonly manifest: Manifest;
  /** `code` of a function -> path in that folder -> path in `sources` that it is a copy of. */
  readonly folders: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** `/lab/manifest.json`: every address is relative to it. */
export interface LabManifest {
  readonly format: 1;
  /** The script of the workers. */
  readonly worker: string;
  /** Module specifier, as stage code writes it -> address. */
  readonly vendor: Readonly<Record<string, string>>;
  /** What compiles a change to a stage that has a compiler of its own; fetched at the first one. */
  readonly compiler?: CompilerFile;
  readonly stages: Readonly<Record<string, LabStage>>;
}

export interface CompilerFile {
  readonly file: string;
  /** Its length when it is unpacked, by which a download is followed. */
  readonly length: number;
}

export interface LabStage {
  readonly payload: string;
  /** Kubernetes' own controllers, where the stage runs in a cluster. */
  readonly webernetes?: string;
  /** Every file that a start fetches beside the page's own scripts, the payload included. */
  readonly files: readonly string[];
  /** Their size as gzip, in bytes. */
  readonly bytes: number;
}

/**
 * Stands in a payload for a variable of which the value is made when a stage starts.
 *
 * @example placeholder('TABLESTORE_ENDPOINT') // 'lab:TABLESTORE_ENDPOINT'
 */
export function placeholder(variable: string): string {
  return `lab:${variable}`;
}

/**
 * Puts variables in the place of their names in a text.
 *
 * @example fillPlaceholders('lab:TABLESTORE_ENDPOINT/', { TABLESTORE_ENDPOINT: 'http://tablestore.lab' })
 */
export function fillPlaceholders(
  text: string,
  variables: Readonly<Record<string, string>>,
): string {
  return text.replaceAll(
    /\blab:([A-Z][A-Z0-9_]*)/g,
    (whole, name: string) => variables[name] ?? whole,
  );
}
