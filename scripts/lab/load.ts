import type { Webernetes } from '../cloud/kubernetes/engine/webernetes.ts';
import { Failure } from '../shared/failure.ts';
import type { OwnCompiler } from './own-compiler.ts';
import type { LabManifest, StagePayload } from './payload.ts';

/** All that is fetched before a stage can start in the tab. */
export interface LabFiles {
  readonly payload: StagePayload;
  /** The script of the workers. */
  readonly workerUrl: string;
  /** Module specifier -> address. */
  readonly vendor: Readonly<Record<string, string>>;
  /** Kubernetes' own controllers, for a stage that runs in a cluster. */
  webernetes(): Promise<Webernetes>;
  /** For a stage that has a compiler of its own; fetched when a change is the first to ask it. */
  readonly compiler?: OwnCompiler;
}

/**
 * Fetches what a stage needs to run in the tab. `base` is the folder of the Lab's manifest.
 *
 * @example const files = await loadLab(new URL('/lab/', location.href), '01-all-in-one');
 */
export async function loadLab(
  base: URL | string,
  stage: string,
  signal?: AbortSignal,
): Promise<LabFiles> {
  const root = new URL('manifest.json', base);
  const manifest = await fetchJson<LabManifest>(root, signal);
  const found = manifest.stages[stage];
  if (!found) {
    const known = Object.keys(manifest.stages).join(', ');
    throw new Failure('E_LAB_STAGE', `the Lab has no stage "${stage}". It has: ${known}.`);
  }
  const address = (path: string): string => new URL(path, root).href;
  // Comes while the rest does.
  const webernetes = found.webernetes && loadModule<Webernetes>(address(found.webernetes));
  const payload = await fetchJson<StagePayload>(address(found.payload), signal);
  const file = payload.compiled && manifest.compiler;
  const compiler =
    file && (await import('./own-compiler.ts')).createOwnCompiler(address(file.file), file.length);
  return {
    webernetes: () => webernetes || Promise.reject(new TypeError('no cluster')),
    payload,
    ...(compiler && { compiler }),
    workerUrl: address(manifest.worker),
    vendor: Object.fromEntries(
      Object.entries(manifest.vendor).map(([specifier, path]) => [specifier, address(path)]),
    ),
  };
}

/** Heard of where it is asked for: nobody else is to be told of its failure. */
function loadModule<Module>(url: string): Promise<Module> {
  const loading = import(/* @vite-ignore */ url) as Promise<Module>;
  loading.catch(() => undefined);
  return loading;
}

async function fetchJson<Result>(url: URL | string, signal?: AbortSignal): Promise<Result> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) {
    throw new Failure(
      'E_LAB_FILE',
      `${String(url)} was answered with ${response.status}. Reload the page: the site may have been published anew.`,
    );
  }
  return (await response.json()) as Result;
}
