import type { OpenOptions, Project } from '@stackblitz/sdk';
import { packTar } from './tar.ts';

/** The part of StackBlitz' SDK in use: its own types differ between bundlers and Node. */
interface Sdk {
  openProject(project: Project, options: OpenOptions): void;
}

/**
 * Opens the stage in StackBlitz, a third party, with what the reader has changed; loaded only now.
 *
 * @example await openInStackBlitz('/stackblitz/01-all-in-one.json', edits.changed, 'index.ts');
 */
export async function openInStackBlitz(
  address: string,
  changed: Readonly<Record<string, string>>,
  openFile: string,
): Promise<void> {
  const [response, sdk] = await Promise.all([
    fetch(address),
    import('@stackblitz/sdk').then((module) => module.default as unknown as Sdk),
  ]);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const project = (await response.json()) as Project;
  const theme = document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
  sdk.openProject(
    { ...project, files: { ...project.files, ...changed } },
    { openFile, startScript: 'start', theme, newWindow: true },
  );
}

/**
 * Hands the stage to the reader as an archive: unpack, `npm install`, `npm start`.
 *
 * @example await downloadStage('01-all-in-one', sources);
 */
export async function downloadStage(
  stage: string,
  sources: Readonly<Record<string, string>>,
): Promise<void> {
  const archive = new Blob([packTar(stage, sources, new Date())]);
  const zipped = archive.stream().pipeThrough(new CompressionStream('gzip'));
  const blob = await new Response(zipped).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([blob], { type: 'application/gzip' }));
  link.download = `${stage}.tar.gz`;
  link.click();
  // The download has begun by then; the browser keeps what it needs of it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
