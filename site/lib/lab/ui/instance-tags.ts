import { fill } from '../../fill.ts';
import { makeSvg, setAttribute, setText } from './dom.ts';
import { type Box, groupOf, type ReadDrawing } from './drawing.ts';
import type { History, InstanceRecord } from './history.ts';
import type { StageMap } from './stage-map.ts';
import type { LabWords } from './words.ts';

/** Of a tag with up to two characters, and for each one more. */
const LEAST_WIDTH = 28;
const CHARACTER = 7;
const HEIGHT = 20;
const GAP = 5;
/** Room for the box's own label, left of the tags. */
const LABEL = 92;
/** How long an instance that has ended is still seen. */
const VANISH_MS = 1_500;

/** Instances in the head of the box that stands for one, or above the part that is one. */
export interface InstanceTags {
  /** True while one of them is vanishing. */
  draw(history: History, map: StageMap): boolean;
}

/** Where the tags of some services are. */
interface Row {
  draw(instances: readonly InstanceRecord[]): boolean;
  clear(): void;
}

/** Where a row's tags end on the right, and how much room they have. */
interface Place {
  readonly right: number;
  readonly top: number;
  /** In units of the drawing. */
  readonly room: number;
  /** What says that there is no instance; a part without a box of its own says nothing. */
  readonly box: Element | null;
}

/**
 * Shows the instances of a session as tags that start, work, fail and vanish.
 *
 * @example createInstanceTags(svg, drawing, words).draw(history, map)
 */
export function createInstanceTags(
  svg: SVGSVGElement,
  drawing: ReadDrawing,
  words: LabWords,
): InstanceTags {
  const rows = new Map<string, Row>();

  /** The box around what a service runs, or the part that it is. */
  function placeOf(service: string, map: StageMap): string | undefined {
    const entry = map.entry(service);
    return entry === undefined ? drawing.groups[0] : (groupOf(drawing, entry) ?? entry);
  }

  function rowOf(part: string): Row | undefined {
    const known = rows.get(part);
    if (known) return known;
    const box = drawing.boxes.get(part);
    if (!box) return undefined;
    const group = drawing.groups.includes(part)
      ? svg.querySelector(`.group[data-node="${CSS.escape(part)}"]`)
      : null;
    const row = createRow(svg, group ? inHead(box, group) : above(box), words);
    rows.set(part, row);
    return row;
  }

  return {
    draw({ instances }, map) {
      const parts = new Map<string, InstanceRecord[]>();
      for (const service of map.services) {
        const part = placeOf(service, map);
        if (part !== undefined && !parts.has(part)) parts.set(part, []);
      }
      for (const instance of instances.values())
        parts.get(placeOf(instance.service, map) ?? '')?.push(instance);
      for (const [part, row] of rows) if (!parts.has(part)) row.clear();
      return [...parts].map(([part, all]) => rowOf(part)?.draw(all)).includes(true);
    },
  };
}

function inHead(box: Box, group: Element): Place {
  return {
    ...{ right: box.x + box.width - 10, top: box.y + 10, box: group },
    room: box.width - LABEL - LEAST_WIDTH - GAP,
  };
}

function above({ x, y, width }: Box): Place {
  return {
    ...{ right: x + width, top: y - HEIGHT - 4, box: null },
    room: width,
  };
}

function createRow(svg: SVGSVGElement, { right, top, room, box }: Place, words: LabWords): Row {
  const tags = new Map<string, SVGGElement>();
  const place = makeSvg('g', { class: 'instances' });
  const note = makeSvg('text', { class: 'note', x: right, y: top + HEIGHT / 2 }, ' ');
  place.append(note);
  svg.append(place);

  function tagOf({ id }: InstanceRecord): SVGGElement {
    const known = tags.get(id);
    if (known) return known;
    const name = fill(words.diagram.instance, { instance: id });
    const tag = makeSvg(
      'g',
      { role: 'button', tabindex: '0', 'aria-label': name, 'data-instance': id },
      makeSvg('rect', { width: widthOf(id), height: HEIGHT, rx: 4 }),
      makeSvg('text', { x: widthOf(id) / 2, y: HEIGHT / 2 }, shortName(id)),
    );
    tags.set(id, tag);
    place.append(tag);
    return tag;
  }

  function keep(shown: readonly InstanceRecord[]): void {
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, tag] of tags) {
      if (ids.has(id)) continue;
      tag.remove();
      tags.delete(id);
    }
  }

  return {
    draw(all) {
      const now = performance.now();
      const live = all.filter(({ state }) => state !== 'stopped');
      const gone = all.filter(({ stoppedAt }) => now - (stoppedAt ?? -Infinity) < VANISH_MS);
      // Ends are seen even when the box is full of those that live.
      const most = roomFor(all, room);
      const shown = [...gone.slice(-2), ...live.slice(-most)].slice(-most);
      keep(shown);
      let x = right;
      for (const instance of shown.toReversed()) {
        const tag = tagOf(instance);
        x -= widthOf(instance.id);
        setAttribute(tag, 'transform', `translate(${x} ${top})`);
        x -= GAP;
        setAttribute(tag, 'class', lookOf(instance));
      }
      const hidden = live.length - shown.filter(({ state }) => state !== 'stopped').length;
      const none = live.length === 0 && gone.length === 0 && box !== null;
      const more = hidden > 0 ? fill(words.diagram.more, { count: hidden }) : '';
      setText(note, none ? words.diagram.none : more);
      setAttribute(note, 'x', String(x));
      box?.classList.toggle('asleep', live.length === 0);
      return gone.length > 0;
    },
    clear() {
      keep([]);
      setText(note, '');
      box?.classList.remove('asleep');
    },
  };
}

/** The part of a name that differs: `2` of `web-2`, `x2kq9` of `todo-5d6-x2kq9`. */
function shortName(id: string): string {
  return id.slice(id.lastIndexOf('-') + 1);
}

function widthOf(id: string): number {
  return LEAST_WIDTH + Math.max(0, shortName(id).length - 2) * CHARACTER;
}

/** How many tags there is room for; names of one row are equally long. */
function roomFor(instances: readonly InstanceRecord[], room: number): number {
  const widest = Math.max(LEAST_WIDTH, ...instances.map(({ id }) => widthOf(id)));
  return Math.max(1, Math.floor(room / (widest + GAP)));
}

function lookOf({ state, reason }: InstanceRecord): string {
  const failed = reason === 'crashed' || reason === 'killed' || reason === 'timeout';
  return `tag ${state}${state === 'stopped' && failed ? ' failed' : ''}`;
}
