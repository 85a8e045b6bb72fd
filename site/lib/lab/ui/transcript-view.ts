import type { Entry, Recording } from '../../../../scripts/experiments/recording.ts';
import type { Language } from '../../languages.ts';
import { type Line, transcriptOf } from '../../transcript.ts';
import { wordsIn } from '../../words.ts';
import { make } from './dom.ts';

/**
 * What happened in a run, step by step, as the lesson shows a recorded one.
 *
 * @example renderTranscript(recording.entries, 'en')
 */
export function renderTranscript(entries: readonly Entry[], language: Language): HTMLElement {
  const { transcript } = wordsIn(language);
  // Only what happened is looked at.
  const steps = transcriptOf({ entries } as Recording, language);
  return make(
    'ol',
    { class: 'lab-transcript' },
    ...steps.map(({ what, lines }) =>
      make(
        'li',
        {},
        make('p', {}, what ?? transcript.begin),
        make('ul', {}, ...lines.map((line) => renderLine(line, language))),
      ),
    ),
  );
}

function renderLine({ kind, text, note, observed }: Line, language: Language): HTMLElement {
  const { experiment: words } = wordsIn(language);
  if (observed) {
    const { seen, expected, holds } = observed;
    const verdict = holds
      ? [words.asExpected]
      : [`${words.notAsExpected} `, make('code', {}, expected)];
    return make(
      'li',
      { class: holds ? 'observation' : 'observation fails' },
      `${text} `,
      make('code', {}, seen),
      ' ',
      make('span', {}, ...verdict),
    );
  }
  const who =
    kind === 'log' && note !== undefined ? make('span', { class: 'who' }, `${note} `) : undefined;
  const body = kind !== 'log' && note !== undefined ? make('code', {}, ` ${note}`) : undefined;
  return make('li', { class: kind }, who, text, body);
}
