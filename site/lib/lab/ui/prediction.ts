import type { Experiment } from '../../../../scripts/experiments/experiment.ts';
import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { make } from './dom.ts';
import { inlineCode } from './inline-code.ts';
import type { LabWords } from './words.ts';

/** The question before a run, with its answers to choose from. */
export interface Prediction {
  readonly element: HTMLElement;
  /** How the reader's answer was; nothing when there is none. */
  judge(): HTMLElement[];
}

/**
 * Asks a reader what a run will show.
 *
 * @example createPrediction('restart', experiment, 'en', words).judge()
 */
export function createPrediction(
  name: string,
  { prediction: { question, answers } }: Pick<Experiment, 'prediction'>,
  language: Language,
  { experiments: text }: LabWords,
): Prediction {
  const choices = answers.map((answer, index) => ({
    answer,
    radio: make('input', { type: 'radio', name: `lab-prediction-${name}`, value: index }),
  }));
  const labels = choices.map(({ radio, answer }) =>
    make('label', {}, radio, ' ', make('span', {}, ...inlineCode(answer.text[language]))),
  );
  const legend = make('legend', {}, make('b', {}, text.predict), ' ');
  legend.append(...inlineCode(question[language]));
  return {
    element: make('fieldset', {}, legend, ...labels),
    judge() {
      const chosen = choices.find(({ radio }) => radio.checked)?.answer;
      if (!chosen) return [];
      const answer = chosen.text[language];
      const said = chosen.holds ? text.right : fill(text.wrong, { answer });
      return [make('span', {}, ...inlineCode(said))];
    },
  };
}
