import { fill } from '../../fill.ts';
import { makeSvg, setAttribute, setText } from './dom.ts';
import type { ReadDrawing } from './drawing.ts';
import type { History, InstanceRecord } from './history.ts';
import type { LabWords } from './words.ts';

const WIDTH = 28;
const HEIGHT = 20;
const GAP = 5;
/** Room for the box's own label, left of the tags. */
const LABEL = 92;
/** How long an instance that has ended is still seen. */
const VANISH_MS = 1_500;

/** Instances in the head of the box that stands for one. */
export interface InstanceTags {
  /** True while one of them is vanishing. */
  draw(history: History): boolean;
}

/**
 * Shows the instances of a session as tags that start, work, fail and vanish.
 *
 * @example createInstanceTags(svg, drawing, words).draw(history)
 */
export function createInstanceTags(
  svg: SVGSVGElement,
  drawing: ReadDrawing,
  words: LabWords,
): InstanceTags {
  const box = drawing.instance === undefined ? undefined : drawing.boxes.get(drawing.instance);
  const group = svg.querySelector('.group');
  const tags = new Map<string, SVGGElement>();
  if (!box) return { draw: () => false };
  const right = box.x + box.width - 10;
  const top = box.y + 10;
  const place = makeSvg('g', { class: 'instances' });
  const note = makeSvg('text', { class: 'note', x: right, y: top + HEIGHT / 2 }, ' ');
  place.append(note);
  svg.append(place);
  const room = Math.max(1, Math.floor((box.width - LABEL) / (WIDTH + GAP)) - 1);

  function tagOf({ id }: InstanceRecord): SVGGElement {
    const known = tags.get(id);
    if (known) return known;
    const name = fill(words.diagram.instance, { instance: id });
    const tag = makeSvg(
      'g',
      { role: 'button', tabindex: '0', 'aria-label': name, 'data-instance': id },
      makeSvg('rect', { width: WIDTH, height: HEIGHT, rx: 4 }),
      makeSvg('text', { x: WIDTH / 2, y: HEIGHT / 2 }, id.slice(id.lastIndexOf('-') + 1)),
    );
    tags.set(id, tag);
    place.append(tag);
    return tag;
  }

  return {
    draw({ instances }) {
      const now = performance.now();
      const all = [...instances.values()];
      const live = all.filter(({ state }) => state !== 'stopped');
      const gone = all.filter(({ stoppedAt }) => now - (stoppedAt ?? -Infinity) < VANISH_MS);
      // Ends are seen even when the box is full of those that live.
      const shown = [...gone.slice(-2), ...live.slice(-room)].slice(-room);
      const ids = new Set(shown.map(({ id }) => id));
      for (const [id, tag] of tags) {
        if (ids.has(id)) continue;
        tag.remove();
        tags.delete(id);
      }
      for (const [index, instance] of shown.toReversed().entries()) {
        const tag = tagOf(instance);
        const x = right - WIDTH - index * (WIDTH + GAP);
        setAttribute(tag, 'transform', `translate(${x} ${top})`);
        setAttribute(tag, 'class', lookOf(instance));
      }
      const hidden = live.length - shown.filter(({ state }) => state !== 'stopped').length;
      const text =
        live.length === 0 && gone.length === 0
          ? words.diagram.none
          : hidden > 0
            ? fill(words.diagram.more, { count: hidden })
            : '';
      setText(note, text);
      setAttribute(note, 'x', String(right - shown.length * (WIDTH + GAP)));
      group?.classList.toggle('asleep', live.length === 0);
      return gone.length > 0;
    },
  };
}

function lookOf({ state, reason }: InstanceRecord): string {
  const failed = reason === 'crashed' || reason === 'killed' || reason === 'timeout';
  return `tag ${state}${state === 'stopped' && failed ? ' failed' : ''}`;
}
