import { button, make } from './dom.ts';
import { inlineCode } from './inline-code.ts';
import { createTabs } from './tabs.ts';
import type { LabWords } from './words.ts';

export interface Layout {
  readonly element: HTMLElement;
  /** Tells the reader, and politely a screen reader, what has happened. */
  say(text: string, bad?: boolean): void;
  /** Whether the panels show the run of an experiment. */
  showExperiment(shown: boolean): void;
  choose(panel: Panel): void;
  panel(): string;
}

const PANELS = ['experiments', 'shell', 'curve', 'code', 'log', 'requests'] as const;
export type Panel = (typeof PANELS)[number];
/** Pixels that the column of a page, or a list, wants where no diagram is in it. */
const SIDE_WIDTH = 360;

type Part = 'toolbar' | 'timeLine' | 'diagram' | 'instances' | 'inspector' | 'page';

/**
 * Puts the parts of the Lab in their places: the diagram beside the page or above all else, the panels below.
 *
 * @example arrange({ words, parts, panels, isStill: false, onChoose }).choose('code')
 */
export function arrange(options: {
  readonly words: LabWords;
  readonly parts: Readonly<Record<Part, HTMLElement>>;
  /** Those that the stage has. */
  readonly panels: Readonly<Partial<Record<Panel, HTMLElement>>>;
  /** What differs here from the stage as it is deployed. */
  readonly differs: string | undefined;
  /** Pixels that the diagram wants beside the page. */
  readonly diagramWidth: number;
  /** The diagram needs all the width that there is. */
  readonly isWide: boolean;
  /** Less motion: the table of requests comes first. */
  readonly isStill: boolean;
  onChoose(panel: string): void;
  /** The reader wants to see the own service again. */
  onOwn(): void;
}): Layout {
  const { words, parts, panels, differs, isWide, isStill } = options;
  const status = make('p', { class: 'lab-status', role: 'status' });
  const note = make(
    'p',
    { class: 'lab-note', hidden: true },
    `${words.experiments.showing} `,
    button(words.experiments.own, options.onOwn, { class: 'small' }),
  );
  const tabs = createTabs(
    words.tabs.label,
    PANELS.flatMap((id) => {
      const panel = panels[id];
      return panel ? [{ id, name: words.tabs[id], panel }] : [];
    }),
    options.onChoose,
  );
  const hint = make(
    'p',
    { class: 'lab-quiet' },
    isStill ? words.diagram.reduced : words.diagram.hint,
  );
  const { diagram, instances, inspector, page, timeLine } = parts;
  const body = (side: readonly HTMLElement[], main: readonly HTMLElement[]): HTMLElement => {
    const made = make(
      'div',
      { class: 'lab-body' },
      make('div', { class: 'lab-side' }, ...side),
      make('div', { class: 'lab-main' }, ...main),
    );
    const width = isWide ? SIDE_WIDTH : options.diagramWidth;
    made.style.setProperty('--diagram-width', `${width}px`);
    return made;
  };
  const places = isWide
    ? [diagram, hint, body([instances, page, inspector], [timeLine, tabs.element])]
    : [body([diagram, hint, instances, inspector], [page, timeLine, tabs.element])];
  const element = make(
    'div',
    { class: 'lab' },
    parts.toolbar,
    differs === undefined ? undefined : make('p', { class: 'lab-quiet' }, ...inlineCode(differs)),
    status,
    note,
    ...places,
  );
  tabs.choose(isStill ? 'requests' : 'experiments');
  return {
    element,
    say(text, bad = false) {
      status.classList.toggle('bad', bad);
      status.textContent = text;
    },
    showExperiment: (shown) => void (note.hidden = !shown),
    choose: tabs.choose,
    panel: () => tabs.chosen,
  };
}
