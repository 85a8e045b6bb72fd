import type { Entry, Recording } from '../../../../scripts/experiments/recording.ts';
import { compareRecordings } from '../../../../scripts/experiments/compare.ts';
import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { button, make } from './dom.ts';
import { type Offered, targetOf } from './experiments.ts';
import { inlineCode } from './inline-code.ts';
import { createPrediction } from './prediction.ts';
import { createRecordedPanel } from './recorded-panel.ts';
import { renderRun, showVerdict } from './run-view.ts';
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
    const head = button('', () => choose(each), { class: 'choice' });
    head.append(...inlineCode(each.experiment.title[options.language]));
    return head;
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
  const target = targetOf(offered);
  if (!target) return createRecordedPanel(offered, language, words);
  const prediction = createPrediction(name, experiment, language, words);
  const run = button(text.run, () => void perform(), { class: 'primary' });
  const status = make('p', { class: 'lab-message', role: 'status' });
  const result = make('div', { class: 'lab-result' });

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
    const conclusion = experiment.conclusion[language];
    showVerdict(status, recording.verdict, prediction.judge(), conclusion, words);
    result.replaceChildren(
      make(
        'div',
        { class: 'lab-runs' },
        renderRun(text.here, recording, language, words),
        offered.recording
          ? renderRun(text.recorded, offered.recording, language, words)
          : make('p', { class: 'lab-quiet' }, text.noRecording),
      ),
      compared(recording),
    );
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
    make(
      'p',
      { class: 'lab-quiet' },
      text.onTarget[experiment.target === 'docker' ? 'docker' : target],
    ),
    make('p', {}, ...inlineCode(experiment.hypothesis[language])),
    prediction.element,
    run,
    status,
    result,
  );
}
