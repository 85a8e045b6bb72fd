import type { Language } from '../../languages.ts';
import { button, make } from './dom.ts';
import type { Offered } from './experiments.ts';
import { inlineCode } from './inline-code.ts';
import { createPrediction } from './prediction.ts';
import { renderRun, showVerdict } from './run-view.ts';
import type { LabWords } from './words.ts';

/**
 * An experiment that no tab can do: it says why, asks for a prediction, and shows what was recorded.
 *
 * @example createRecordedPanel(offered, 'en', words)
 */
export function createRecordedPanel(
  { name, experiment, recording }: Offered,
  language: Language,
  words: LabWords,
): HTMLElement {
  const { experiments: text } = words;
  const prediction = createPrediction(name, experiment, language, words);
  const status = make('p', { class: 'lab-message', role: 'status' });
  const result = make('div', { class: 'lab-result' });
  const show = button(
    text.showRecorded,
    () => {
      if (!recording) return;
      const { verdict } = recording;
      showVerdict(status, verdict, prediction.judge(), experiment.conclusion[language], words);
      result.replaceChildren(renderRun(text.recorded, recording, language, words));
    },
    { class: 'primary' },
  );
  return make(
    'div',
    { class: 'lab-experiment' },
    make('p', { class: 'lab-note' }, ...inlineCode(text.needsDocker)),
    make('p', {}, ...inlineCode(experiment.hypothesis[language])),
    prediction.element,
    show,
    status,
    result,
  );
}
