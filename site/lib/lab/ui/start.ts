// Loaded on the click: all of the Lab beside its button.
import { loadLab } from '../../../../scripts/lab/load.ts';
import type { LabManifest } from '../../../../scripts/lab/payload.ts';
import type { Language } from '../../languages.ts';
import labStyles from '../../../styles/lab.css?url';
import { loadExperiments } from './experiments.ts';
import { createLab } from './lab.ts';
import { forgetOffline, keepForOffline } from './offline.ts';
import { button, make } from './dom.ts';
import { labWords } from './words.ts';

export interface StartOptions {
  readonly stage: string;
  readonly language: Language;
  readonly base: string;
  /** Where the Lab is put. */
  readonly place: Element;
  /** Ends a start that takes too long, or that nobody waits for any more. */
  readonly signal: AbortSignal;
  onPhase(text: string): void;
  onStop(): void;
}

/** A lab on the page. */
export interface StartedLab {
  stop(): Promise<void>;
}

/**
 * Fetches a stage and runs it in this tab; resolves when it answers, and leaves nothing behind when it
 * rejects.
 *
 * @example const lab = await startLab({ stage: '01-all-in-one', language, base, place, signal, onPhase, onStop });
 */
export async function startLab(options: StartOptions): Promise<StartedLab> {
  const { stage, language, base, place, signal, onPhase, onStop } = options;
  const words = labWords(language);
  onPhase(words.phases.loading);
  const root = new URL(`${base}lab/`, location.href);
  const [files, offered] = await Promise.all([
    loadLab(root, stage, signal),
    loadExperiments(stage),
    loadStyles(),
  ]);
  signal.throwIfAborted();
  onPhase(words.phases.starting);
  const original = document.querySelector(`[data-diagram="${stage}"]`);
  if (!original) throw new Error(`the page shows no diagram of ${stage}`);
  const { kubernetes, knative } = files.payload.targets;
  const { createClusterPanels } =
    (kubernetes ?? knative) ? await import('./cluster-panels.ts') : {};
  signal.throwIfAborted();
  const lab = createLab({
    ...{ stage, language, base, files, offered, original, createClusterPanels },
    onStop,
  });
  const stop = (): void => void lab.stop();
  signal.addEventListener('abort', stop);
  place.replaceChildren(lab.element);
  try {
    await lab.started;
    signal.throwIfAborted();
  } catch (error) {
    await lab.stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  void lab.framed.then(async (isFramed) => {
    if (isFramed) await offerOffline(lab.element, stage, root, language);
  });
  return lab;
}

/** Keeps the stage for a start without a network, and says so beside a button that forgets it. */
async function offerOffline(
  lab: HTMLElement,
  stage: string,
  root: URL,
  language: Language,
): Promise<void> {
  const words = labWords(language).offline;
  try {
    await keepForOffline(stage, await addressesOf(stage, root));
  } catch {
    // A full disk, or a network that has just gone: the Lab works, it is only not kept.
    return;
  }
  const note = make('p', { class: 'lab-quiet lab-offline', role: 'status' });
  const forget = button(words.remove, () => {
    void forgetOffline().then(() => {
      note.textContent = words.removed;
    });
  });
  forget.className = 'small';
  lab.append(note);
  note.append(`${words.ready} `, forget);
}

/** All that a start fetches beside the page's own scripts. */
async function addressesOf(stage: string, root: URL): Promise<string[]> {
  const manifest = new URL('manifest.json', root);
  const { stages } = (await (await fetch(manifest)).json()) as LabManifest;
  const files = stages[stage]?.files ?? [];
  return [manifest.href, ...files.map((file) => new URL(file, manifest).href)];
}

let styles: Promise<void> | undefined;

/** Once a page: the Lab's styles are of no use before. */
function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = make('link', { rel: 'stylesheet', href: labStyles });
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      styles = undefined;
      link.remove();
      reject(new Error(`${labStyles} could not be loaded`));
    });
    document.head.append(link);
  });
  return styles;
}
