import type { Entry, Recording } from '../../../../scripts/experiments/recording.ts';
import { compareRecordings } from '../../../../scripts/experiments/compare.ts';
import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { figuresOf } from '../../transcript.ts';
import { button, make } from './dom.ts';
import type { Offered } from './experiments.ts';
import { renderTranscript } from './transcript-view.ts';
import type { LabWords } from './words.ts';

/** A run is drawn again at most this often. */
const REDRAW_MS = 100;

export interface ExperimentsViewOptions {
  readonly words: LabWords;
  readonly language: Language;
  readonly offered: readonly Offered[];
  isEdited(): boolean;
  run(offered: Offered, onEntry: (entries: readonly Entry[]) => void): Promise<Recording>;
}

/**
 * The stage's experiments: predict, run, see what happened beside the recorded run, and the verdict.
 *
 * @example createExperimentsView({ words, language, offered, isEdited, run })
 */
export function createExperimentsView(options: ExperimentsViewOptions): HTMLElement {
  const { words, offered } = options;
  const { experiments: text } = words;
  const place = make('div');
  const panels = new Map(offered.map((each) => [each, createPanel(each, options)]));
  const heads = offered.map((each) => {
    const title = each.experiment.title[options.language];
    return button(title, () => choose(each), { class: 'choice' });
  });

  function choose(chosen: Offered): void {
    for (const [index, head] of heads.entries())
      head.setAttribute('aria-pressed', String(offered[index] === chosen));
    const panel = panels.get(chosen);
    if (panel) place.replaceChildren(panel);
  }

  const [first] = offered;
  if (first) choose(first);
  const group = make(
    'div',
    { class: 'lab-choices', role: 'group', 'aria-label': text.pick },
    ...heads,
  );
  return make('div', { class: 'lab-experiments' }, group, place);
}

function createPanel(offered: Offered, options: ExperimentsViewOptions): HTMLElement {
  const { words, language } = options;
  const { experiments: text } = words;
  const { experiment, name } = offered;
  const { question, answers } = experiment.prediction;
  const target = experiment.target === 'fc' ? 'fc' : 'process';
  const choices = answers.map((answer, index) => ({
    answer,
    radio: make('input', { type: 'radio', name: `lab-prediction-${name}`, value: index }),
  }));
  const run = button(text.run, () => void perform(), { class: 'primary' });
  const status = make('p', { class: 'lab-message', role: 'status' });
  const result = make('div', { class: 'lab-result' });
  const fieldset = make(
    'fieldset',
    {},
    make('legend', {}, make('b', {}, text.predict), ` ${question[language]}`),
    ...choices.map(({ radio, answer }) => make('label', {}, radio, ` ${answer.text[language]}`)),
  );

  async function perform(): Promise<void> {
    run.disabled = true;
    status.className = 'lab-message';
    status.textContent = text.running;
    const here = make('div', { class: 'lab-run' });
    result.replaceChildren(here);
    let drawnAt = 0;
    const draw = (entries: readonly Entry[]): void => {
      if (performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      here.replaceChildren(make('b', {}, text.here), renderTranscript(entries, language));
    };
    try {
      show(await options.run(offered, draw));
    } catch (error) {
      status.classList.add('bad');
      status.textContent = fill(text.broke, { reason: (error as Error).message });
    } finally {
      run.disabled = false;
      run.textContent = text.again;
    }
  }

  function show(recording: Recording): void {
    const { verdict } = recording;
    status.className = `lab-message verdict ${verdict}`;
    status.replaceChildren(
      make('b', {}, text[verdict]),
      ...predicted(),
      make('span', {}, experiment.conclusion[language]),
    );
    result.replaceChildren(
      make(
        'div',
        { class: 'lab-runs' },
        renderRun(text.here, recording),
        offered.recording
          ? renderRun(text.recorded, offered.recording)
          : make('p', { class: 'lab-quiet' }, text.noRecording),
      ),
      compared(recording),
    );
  }

  function predicted(): HTMLElement[] {
    const chosen = choices.find(({ radio }) => radio.checked)?.answer;
    if (!chosen) return [];
    const { holds, text: answer } = chosen;
    return [make('span', {}, holds ? text.right : fill(text.wrong, { answer: answer[language] }))];
  }

  function renderRun(title: string, recording: Recording): HTMLElement {
    const figures = make('small', {}, fill(text.figures, figuresOf(recording)));
    const head = make('p', {}, make('b', {}, title), ' ', figures);
    const steps = renderTranscript(recording.entries, language);
    return make('div', { class: 'lab-run', role: 'group', 'aria-label': title }, head, steps);
  }

  function compared(recording: Recording): HTMLElement | string {
    if (!offered.recording) return '';
    const differences = compareRecordings(offered.recording, recording);
    const edited = options.isEdited() ? ` ${text.edited}` : '';
    if (differences.length === 0) return make('p', { class: 'lab-quiet' }, text.same + edited);
    return make(
      'div',
      { class: 'lab-quiet' },
      make('p', {}, text.differs + edited),
      make('pre', { tabindex: 0 }, differences.join('\n')),
    );
  }

  return make(
    'div',
    { class: 'lab-experiment' },
    make('p', { class: 'lab-quiet' }, text.onTarget[target]),
    make('p', {}, experiment.hypothesis[language]),
    fieldset,
    run,
    status,
    result,
  );
}
