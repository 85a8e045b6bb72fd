import type { LabTarget } from '../../../../scripts/lab/payload.ts';
import { fill } from '../../fill.ts';
import { button, make } from './dom.ts';
import type { LabWords } from './words.ts';

/** How many requests a button sends, and how many of them are under way at once. */
export const MANY = 50;

/** What a reader does to the running stage. */
export interface Commands {
  choose(target: LabTarget): void;
  send(): void;
  add(): void;
  kill(): void;
  restart(): void;
  reset(): void;
  skip(): void;
  setPace(pace: number): void;
  stop(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** Verbs that a target does not have are not shown. */
  show(target: LabTarget): void;
  setBusy(busy: boolean): void;
}

const ONLY_FUNCTIONS = 'fc';
/** Where instances come and go by platform time; a process on a machine knows no windows. */
const WITH_WINDOWS = 'fc kubernetes knative';

/**
 * The verbs of the platform as buttons.
 *
 * @example createToolbar({ words, targets: ['process', 'fc'], commands }).show('process')
 */
export function createToolbar(options: {
  readonly words: LabWords;
  readonly targets: readonly LabTarget[];
  readonly commands: Commands;
}): Toolbar {
  const { words, targets, commands } = options;
  const { actions: text } = words;
  const verbs = [
    button(fill(text.send, { count: MANY }), commands.send),
    button(text.add, commands.add, { title: text.addHint, 'data-only': ONLY_FUNCTIONS }),
    button(text.killAll, commands.kill),
    button(text.restart, commands.restart),
    button(text.reset, commands.reset, { title: text.resetHint }),
  ];
  const choices = new Map(
    targets.map((target) => {
      const radio = make('input', { type: 'radio', name: 'lab-target', value: target });
      radio.addEventListener('change', () => commands.choose(target));
      return [target, radio];
    }),
  );
  const target = make(
    'fieldset',
    { class: 'lab-switch', hidden: targets.length < 2 },
    make('legend', {}, words.target.legend),
    ...[...choices].map(([name, radio]) => make('label', {}, radio, ` ${words.target[name]}`)),
  );
  const paces = [
    { name: words.pace.pause, pace: 0 },
    { name: words.pace.normal, pace: 1 },
    { name: words.pace.faster, pace: 60 },
  ].map(({ name, pace }) => {
    const radio = make('input', {
      ...{ type: 'radio', name: 'lab-pace', value: pace, checked: pace === 1 },
    });
    radio.addEventListener('change', () => commands.setPace(pace));
    return make('label', {}, radio, ` ${name}`);
  });
  const pace = make(
    'fieldset',
    { class: 'lab-switch', 'data-only': WITH_WINDOWS },
    make('legend', {}, words.pace.legend),
    ...paces,
    button(text.skip, commands.skip, { class: 'small' }),
  );
  const stop = button(words.stop, commands.stop, { class: 'stop' });
  const hint = make('p', { class: 'lab-quiet', 'data-only': ONLY_FUNCTIONS }, words.pace.hint);
  const clusterHint = make(
    'p',
    { class: 'lab-quiet', 'data-only': 'kubernetes' },
    words.pace.clusterHint,
  );
  const element = make(
    'div',
    { class: 'lab-toolbar' },
    make('div', { class: 'lab-row' }, target, pace, stop),
    make('div', { class: 'lab-row' }, ...verbs),
    hint,
    clusterHint,
  );
  return {
    element,
    show(chosen) {
      const radio = choices.get(chosen);
      if (radio) radio.checked = true;
      for (const part of element.querySelectorAll<HTMLElement>('[data-only]'))
        part.hidden = !part.dataset['only']?.split(' ').includes(chosen);
    },
    setBusy(busy) {
      for (const each of verbs) each.disabled = busy;
      for (const radio of choices.values()) radio.disabled = busy;
    },
  };
}
