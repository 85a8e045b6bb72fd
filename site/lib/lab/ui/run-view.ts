import type { Recording } from '../../../../scripts/experiments/recording.ts';
import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { figuresOf } from '../../transcript.ts';
import { make } from './dom.ts';
import { inlineCode } from './inline-code.ts';
import { renderTranscript } from './transcript-view.ts';
import type { LabWords } from './words.ts';

/**
 * A whole run under its title, with its figures.
 *
 * @example renderRun(words.experiments.recorded, recording, 'en', words)
 */
export function renderRun(
  title: string,
  recording: Recording,
  language: Language,
  { experiments: text }: LabWords,
): HTMLElement {
  const figures = make('small', {}, fill(text.figures, figuresOf(recording)));
  const head = make('p', {}, make('b', {}, title), ' ', figures);
  const steps = renderTranscript(recording.entries, language);
  return make('div', { class: 'lab-run', role: 'group', 'aria-label': title }, head, steps);
}

/**
 * What a run has shown, and what that means.
 *
 * @example showVerdict(status, 'confirmed', prediction.judge(), experiment.conclusion.en, words)
 */
export function showVerdict(
  status: HTMLElement,
  verdict: Recording['verdict'],
  judged: readonly HTMLElement[],
  conclusion: string,
  { experiments: text }: LabWords,
): void {
  status.className = `lab-message verdict ${verdict}`;
  status.replaceChildren(
    make('b', {}, text[verdict]),
    ...judged,
    make('span', {}, ...inlineCode(conclusion)),
  );
}
