import { fill } from '../../fill.ts';
import { make, makeSvg, setAttribute, setText } from './dom.ts';
import { createDots, type Dot, MOST_DOTS } from './dots.ts';
import { readDrawing, type ReadDrawing } from './drawing.ts';
import type { History, RequestRecord } from './history.ts';
import { createInstanceTags } from './instance-tags.ts';
import type { StageMap } from './stage-map.ts';
import { createTracks } from './tracks.ts';
import type { LabWords } from './words.ts';

/** What a reader points at. */
export type Subject =
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'instance'; readonly id: string };

/** The diagram of the page, alive. */
export interface LiveDiagram {
  readonly element: HTMLElement;
  readonly drawing: ReadDrawing;
  /** Of the narrowest drawing, in pixels. */
  readonly width: number;
  /** Parts that the target does not use are dimmed. */
  redraw(map: StageMap): void;
  add(request: RequestRecord): void;
  /** A word of the control plane, from part to part. */
  signal(route: readonly string[]): void;
  clear(): void;
  /** Draws dots and instances; true while something moves. */
  draw(now: number, history: History): boolean;
}

export interface LiveDiagramOptions {
  /** The figure that the page shows; it stays as it is. */
  readonly original: Element;
  readonly words: LabWords;
  /** Whether the reader asks for less motion. */
  isStill(): boolean;
  onLook(subject: Subject): void;
  onOpen(subject: Subject): void;
}

/**
 * A copy of the page's own diagram on which requests move and instances come and go.
 *
 * @example const diagram = createLiveDiagram({ original, words, isStill, onLook, onOpen });
 */
export function createLiveDiagram(options: LiveDiagramOptions): LiveDiagram {
  const { original, words, isStill, onLook, onOpen } = options;
  const frames = [...original.querySelectorAll('.view.now .frame')].map((frame) => copy(frame));
  const element = make(
    'div',
    { class: 'stage-diagram lab-diagram', role: 'group', 'aria-label': words.diagram.label },
    ...frames,
  );
  const dots = createDots();
  let shown: StageMap | undefined;
  const layers = frames.flatMap((frame) => {
    const svg = frame.querySelector('svg');
    return svg ? [createLayer(svg, words)] : [];
  });
  const drawing = layers[0]?.drawing ?? emptyDrawing();

  const subjectOf = (event: Event): Subject | undefined => {
    const part = (event.target as Element).closest<SVGElement>('[data-instance], .node');
    const { instance, node } = part?.dataset ?? {};
    if (instance !== undefined) return { kind: 'instance', id: instance };
    return node === undefined ? undefined : { kind: 'node', id: node };
  };
  const hear = (type: string, act: (subject: Subject, event: Event) => void): void =>
    element.addEventListener(type, (event) => {
      const subject = subjectOf(event);
      if (subject) act(subject, event);
    });
  hear('pointerover', onLook);
  hear('focusin', onLook);
  hear('click', (subject) => {
    onLook(subject);
    onOpen(subject);
  });
  hear('keydown', (subject, event) => {
    const { key } = event as KeyboardEvent;
    if (key !== 'Enter' && key !== ' ') return;
    event.preventDefault();
    onOpen(subject);
  });

  return {
    element,
    drawing,
    width: Number.parseFloat(frames.at(-1)?.style.getPropertyValue('--width') ?? ''),
    redraw(map) {
      shown = map;
      for (const part of element.querySelectorAll<SVGElement>('.node'))
        part.classList.toggle('unused', !map.used.has(part.dataset['node'] ?? ''));
      for (const edge of element.querySelectorAll<SVGElement>('.edge')) {
        const { from = '', to = '' } = edge.dataset;
        edge.classList.toggle('unused', !map.used.has(from) || !map.used.has(to));
      }
    },
    add(request) {
      if (!isStill()) dots.add(request);
    },
    signal(route) {
      if (!isStill()) dots.signal(route, performance.now());
    },
    clear: () => dots.clear(),
    draw(now, history) {
      const places = isStill() ? [] : dots.frame(now);
      let moves = dots.busy;
      for (const layer of layers) {
        // The other layout, lying or upright, is hidden.
        if (layer.svg.getClientRects().length === 0) continue;
        layer.drawDots(places);
        if (shown) moves = layer.drawInstances(history, shown) || moves;
      }
      return moves;
    },
  };
}

interface Layer {
  readonly svg: SVGSVGElement;
  readonly drawing: ReadDrawing;
  drawDots(dots: readonly Dot[]): void;
  drawInstances(history: History, map: StageMap): boolean;
}

function createLayer(svg: SVGSVGElement, words: LabWords): Layer {
  const drawing = readDrawing(svg);
  const parts = new Map<string, Element>();
  for (const part of svg.querySelectorAll<SVGElement>('.node')) {
    const id = part.dataset['node'] ?? '';
    parts.set(
      id,
      toButton(part, fill(words.diagram.node, { label: drawing.labels.get(id) ?? id })),
    );
  }
  const place = makeSvg('g', { class: 'dots', 'aria-hidden': 'true' });
  svg.insertBefore(place, svg.querySelector('.node'));
  const tags = createInstanceTags(svg, drawing, words);
  const track = createTracks(svg, drawing);
  const call = makeSvg('text', { class: 'call', 'aria-hidden': 'true' }, ' ');
  svg.append(call);
  const circles = Array.from({ length: MOST_DOTS }, () =>
    makeSvg('circle', { r: 5, visibility: 'hidden' }),
  );
  place.append(...circles);
  let working = new Set<string>();

  /** Above its part: the function that is called there. */
  function showCall(dot: Dot | undefined): void {
    const box = dot && drawing.boxes.get(dot.from);
    setText(call, box ? (dot.call ?? '') : '');
    if (!box) return;
    setAttribute(call, 'x', String(box.x + box.width / 2));
    setAttribute(call, 'y', String(box.y - 9));
  }

  return {
    svg,
    drawing,
    drawInstances: (history, map) => tags.draw(history, map),
    drawDots(dots) {
      const now = new Set<string>();
      for (const [index, circle] of circles.entries()) {
        const dot = dots[index];
        setAttribute(circle, 'visibility', dot ? undefined : 'hidden');
        if (!dot) continue;
        const { x, y } = track(dot.from, dot.to, dot.progress);
        // Moved, not painted anew: see diagram.css.
        circle.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
        setAttribute(circle, 'class', dot.look);
        setAttribute(circle, 'opacity', dot.strength === 1 ? undefined : dot.strength.toFixed(2));
        now.add(dot.progress < 0.5 ? dot.from : dot.to);
      }
      showCall(dots.findLast((dot) => dot.call !== undefined));
      for (const id of working) if (!now.has(id)) parts.get(id)?.classList.remove('works');
      for (const id of now) if (!working.has(id)) parts.get(id)?.classList.add('works');
      working = now;
    },
  };
}

/** Ids are unique on a page: those of a copy get a prefix, and so do the references to them. */
function copy(frame: Element): HTMLElement {
  const made = frame.cloneNode(true) as HTMLElement;
  for (const part of made.querySelectorAll('.removed, .badge')) part.remove();
  for (const part of made.querySelectorAll('[id]')) part.id = `lab-${part.id}`;
  for (const part of made.querySelectorAll('[aria-labelledby]')) {
    for (const name of ['aria-labelledby', 'aria-describedby']) {
      const id = part.getAttribute(name);
      if (id !== null) part.setAttribute(name, `lab-${id}`);
    }
  }
  return made;
}

/** In the lesson a part is a link to its code; here it tells of itself, and opens the code in the editor. */
function toButton(part: SVGElement, name: string): Element {
  const made = makeSvg('g', { role: 'button', tabindex: '0', 'aria-label': name });
  for (const attribute of ['class', 'data-node', 'transform'])
    setAttribute(made, attribute, part.getAttribute(attribute) ?? undefined);
  made.append(...part.childNodes);
  part.replaceWith(made);
  return made;
}

function emptyDrawing(): ReadDrawing {
  const none = new Map<string, never>();
  return {
    ...{ nodes: [], edges: [], inside: new Set(), files: none, boxes: none },
    ...{ lines: none, labels: none, groups: [] },
  };
}
