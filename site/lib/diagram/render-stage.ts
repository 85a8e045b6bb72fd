import type { Stage } from '../../../scripts/stages/catalogue.ts';
import { fill } from '../fill.ts';
import type { Language } from '../languages.ts';
import { describeGraph, listChanges } from './describe.ts';
import type { UnitedGraph } from './graph.ts';
import { SMALL_FONT, layoutGraph, layoutNarrow } from './layout.ts';
import type { Layout } from './layout.ts';
import { nodeLinks, readStageGraph, readUnion } from './stage-graph.ts';
import { renderSvg } from './svg.ts';
import type { SvgOptions } from './svg.ts';
import { translateGraph } from './translate.ts';
import { diagramWords } from './words.ts';

/** Smaller type than this is hard to read; the page rather scrolls. */
const LEAST_FONT = 12;
/** On a phone a drawing as a whole is worth a little more than its type. */
const LEAST_FONT_NARROW = 11;
/** Widths in rem at which diagram.css changes from the lying to the upright layout. */
const STEPS = [30, 38, 46, 56, 70] as const;
/** The room in a frame on a phone that is 390 pixels wide. */
const PHONE = 349;
/** The frame's padding and border, both sides, in pixels. */
const FRAME = 26;
const REM = 16;

export interface Drawing {
  readonly svg: string;
  /** Class of the frame that says how much room the drawing needs; none for the one that is left for any. */
  readonly fits: string;
  readonly lies: boolean;
  /** Pixels. */
  readonly width: number;
  readonly leastWidth: number;
}

export interface StageDrawings {
  /** The lying drawing, if it can fit on a page, the upright one, and if that is too wide for a phone a narrow one. */
  readonly drawings: readonly Drawing[];
  /** The same with what is gone, drawn apart so that it leaves no gap in the stage as it is; none when nothing is. */
  readonly withRemoved: readonly Drawing[];
  readonly sentences: readonly string[];
  readonly changes: ReturnType<typeof listChanges> | undefined;
  readonly hasLinks: boolean;
}

export interface DrawOptions {
  /** Unique on the page. */
  readonly id: string;
  readonly language: Language;
  /** The path that the site is deployed to. */
  readonly base: string;
  /** The stage whose differences are marked. */
  readonly since?: Stage;
}

// The pages of comparisons show each stage seven times in each language.
const drawn = new Map<string, Promise<StageDrawings>>();

/**
 * All that a page shows of a stage's architecture. What a build has drawn once it draws no more.
 *
 * @example await drawStage(stage, { id: 'diagram', language: 'en', base: '/', since: parent })
 */
export function drawStage(stage: Stage, options: DrawOptions): Promise<StageDrawings> {
  if (!import.meta.env.PROD) return draw(stage, options);
  const { id, language, base, since } = options;
  const key = [stage.id, since?.id, id, language, base].join(' ');
  const known = drawn.get(key) ?? draw(stage, options);
  drawn.set(key, known);
  return known;
}

async function draw(stage: Stage, options: DrawOptions): Promise<StageDrawings> {
  const { id, language, base, since } = options;
  const words = diagramWords(language);
  const source = since ? await readUnion(since, stage) : await readStageGraph(stage);
  const graph = translateGraph(source, language);
  const links = nodeLinks(graph, stage, since, { language, base, words });
  const texts = {
    title: fill(words.title, { number: stage.number, title: stage.title[language] }),
    description: stage.answer[language],
    links,
  };
  const now = withoutRemoved(graph);
  const hasRemoved = now.nodes.length < graph.nodes.length;
  return {
    drawings: await drawGraph(hasRemoved ? now : graph, id, texts),
    // Looked at for a moment: without the upright drawing between the other two it weighs less.
    withRemoved: hasRemoved
      ? (await drawGraph(graph, `${id}-removed`, texts)).filter(
          ({ lies }, index, all) => lies || index === all.length - 1,
        )
      : [],
    sentences: describeGraph(now, words),
    changes: since && listChanges(graph, words),
    hasLinks: links.size > 0,
  };
}

async function drawGraph(
  graph: UnitedGraph,
  id: string,
  texts: Omit<SvgOptions, 'id'>,
): Promise<Drawing[]> {
  const lying = toDrawing(await layoutGraph(graph, 'right'), `${id}-right`, texts);
  const upright = toDrawing(await layoutGraph(graph, 'down'), `${id}-down`, texts);
  const drawings = [lying, upright].filter(({ fits }) => fits !== 'fits-never');
  if (upright.leastWidth <= PHONE) return [...drawings.slice(0, -1), { ...upright, fits: '' }];
  const narrow = await layoutNarrow(graph, Math.floor((PHONE * SMALL_FONT) / LEAST_FONT));
  return [
    ...drawings,
    { ...toDrawing(narrow, `${id}-narrow`, texts, LEAST_FONT_NARROW), fits: '' },
  ];
}

function toDrawing(
  layout: Layout,
  id: string,
  texts: Omit<SvgOptions, 'id'>,
  leastFont = LEAST_FONT,
): Drawing {
  const leastWidth = Math.ceil((layout.width * leastFont) / SMALL_FONT);
  const step = STEPS.find((rem) => rem * REM >= leastWidth + FRAME);
  return {
    svg: renderSvg(layout, { ...texts, id }),
    fits: `fits-${step ?? 'never'}`,
    lies: layout.direction === 'right',
    width: layout.width,
    leastWidth,
  };
}

/** The stage as it is. */
function withoutRemoved(graph: UnitedGraph): UnitedGraph {
  return {
    direction: graph.direction,
    nodes: graph.nodes.filter(({ state }) => state !== 'removed'),
    edges: graph.edges.filter(({ state }) => state !== 'removed'),
  };
}
