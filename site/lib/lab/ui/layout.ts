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

const PANELS = ['experiments', 'code', 'log', 'requests'] as const;
export type Panel = (typeof PANELS)[number];
type Part = 'toolbar' | 'timeLine' | 'diagram' | 'instances' | 'inspector' | 'page';

/**
 * Puts the parts of the Lab in their places: the diagram beside the page, the panels below.
 *
 * @example arrange({ words, parts, panels, isStill: false, onChoose }).choose('code')
 */
export function arrange(options: {
  readonly words: LabWords;
  readonly parts: Readonly<Record<Part, HTMLElement>>;
  readonly panels: Readonly<Record<Panel, HTMLElement>>;
  /** What differs here from the stage as it is deployed. */
  readonly differs: string | undefined;
  /** Pixels that the diagram wants beside the page. */
  readonly diagramWidth: number;
  /** Less motion: the table of requests comes first. */
  readonly isStill: boolean;
  onChoose(panel: string): void;
  /** The reader wants to see the own service again. */
  onOwn(): void;
}): Layout {
  const { words, parts, panels, differs, isStill } = options;
  const status = make('p', { class: 'lab-status', role: 'status' });
  const note = make(
    'p',
    { class: 'lab-note', hidden: true },
    `${words.experiments.showing} `,
    button(words.experiments.own, options.onOwn, { class: 'small' }),
  );
  const tabs = createTabs(
    words.tabs.label,
    PANELS.map((id) => ({ id, name: words.tabs[id], panel: panels[id] })),
    options.onChoose,
  );
  const hint = make(
    'p',
    { class: 'lab-quiet' },
    isStill ? words.diagram.reduced : words.diagram.hint,
  );
  const body = make(
    'div',
    { class: 'lab-body' },
    make('div', { class: 'lab-side' }, parts.diagram, hint, parts.instances, parts.inspector),
    make('div', { class: 'lab-main' }, parts.page, parts.timeLine, tabs.element),
  );
  body.style.setProperty('--diagram-width', `${options.diagramWidth}px`);
  const element = make(
    'div',
    { class: 'lab' },
    parts.toolbar,
    differs === undefined ? undefined : make('p', { class: 'lab-quiet' }, ...inlineCode(differs)),
    status,
    note,
    body,
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
