import type { LabTarget } from '../../../../scripts/lab/payload.ts';
import { fill } from '../../fill.ts';
import { button, make } from './dom.ts';
import { targetName } from './target-name.ts';
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
  /** Many clients ask without a break, until they are told to stop. */
  load(isOn: boolean): void;
  setPace(pace: number): void;
  stop(): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** Verbs that a target does not have are not shown. */
  show(target: LabTarget): void;
  setBusy(busy: boolean): void;
}

const ONLY_FUNCTIONS = 'fc scf';
/** Where instances come and go by platform time; a process on a machine knows no windows. */
const WITH_WINDOWS = 'fc scf kubernetes knative';
const IN_CLUSTERS = 'kubernetes knative';
/** More than the pods of a revision are meant to have at once, so that there have to be more of them. */
export const LOAD_CLIENTS = 40;

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
  const load = button(
    fill(text.load, { count: LOAD_CLIENTS }),
    () => {
      const isOn = load.getAttribute('aria-pressed') !== 'true';
      load.setAttribute('aria-pressed', String(isOn));
      commands.load(isOn);
    },
    { 'aria-pressed': 'false', title: text.loadHint, 'data-only': IN_CLUSTERS },
  );
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
    ...[...choices].map(([name, radio]) =>
      make('label', {}, radio, ` ${targetName(name, targets, words)}`),
    ),
  );
  const paces = [
    { name: words.pace.pause, pace: 0 },
    { name: words.pace.normal, pace: 1 },
    // The curve of a minute is seen to be drawn; at sixty times it would be a jump.
    { name: words.pace.fast, pace: 10, only: 'knative' },
    { name: words.pace.faster, pace: 60 },
  ].map(({ name, pace, only }) => {
    const radio = make('input', {
      ...{ type: 'radio', name: 'lab-pace', value: pace, checked: pace === 1 },
    });
    radio.addEventListener('change', () => commands.setPace(pace));
    return make('label', { 'data-only': only }, radio, ` ${name}`);
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
  const knativeHint = make(
    'p',
    { class: 'lab-quiet', 'data-only': 'knative' },
    words.pace.knativeHint,
  );
  const element = make(
    'div',
    { class: 'lab-toolbar' },
    make('div', { class: 'lab-row' }, target, pace, stop),
    make('div', { class: 'lab-row' }, ...verbs, load),
    hint,
    clusterHint,
    knativeHint,
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
