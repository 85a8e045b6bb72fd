import type { Stage } from '../../../scripts/stages/catalogue.ts';
import { fill } from '../fill.ts';
import type { Language } from '../languages.ts';
import { describeGraph, listChanges } from './describe.ts';
import type { UnitedGraph } from './graph.ts';
import { SMALL_FONT, layoutGraph } from './layout.ts';
import { nodeLinks, readStageGraph, readUnion } from './stage-graph.ts';
import { renderSvg } from './svg.ts';
import { diagramWords } from './words.ts';

/** Smaller type than this is hard to read; the page rather scrolls. */
const LEAST_FONT = 12;
/** Widths in rem at which diagram.css changes from the lying to the upright layout. */
const STEPS = [30, 38, 46, 56, 70] as const;
/** The frame's padding and border, both sides, in pixels. */
const FRAME = 26;
const REM = 16;

export interface Drawing {
  readonly svg: string;
  /** Class of the frame that says how much room the drawing needs; none for an upright one. */
  readonly fits: string;
  /** Pixels. */
  readonly width: number;
  readonly leastWidth: number;
}

export interface StageDrawings {
  /** The lying drawing, if it can fit on a page, then the upright one. */
  readonly drawings: readonly Drawing[];
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
  const graph = since ? await readUnion(since, stage) : await readStageGraph(stage);
  const links = nodeLinks(graph, stage, since, { language, base, words });
  const texts = {
    title: fill(words.title, { number: stage.number, title: stage.title[language] }),
    description: stage.answer[language],
    links,
  };
  const layouts = [await layoutGraph(graph, 'right'), await layoutGraph(graph, 'down')];
  const drawings = layouts.map((layout): Drawing => {
    const leastWidth = Math.ceil((layout.width * LEAST_FONT) / SMALL_FONT);
    const step = STEPS.find((rem) => rem * REM >= leastWidth + FRAME);
    return {
      svg: renderSvg(layout, { ...texts, id: `${id}-${layout.direction}` }),
      fits: layout.direction === 'right' ? `fits-${step ?? 'never'}` : '',
      width: layout.width,
      leastWidth,
    };
  });
  return {
    drawings: drawings.filter(({ fits }) => fits !== 'fits-never'),
    sentences: describeGraph(since ? withoutRemoved(graph) : graph, words),
    changes: since && listChanges(graph, words),
    hasLinks: links.size > 0,
  };
}

/** The words tell the stage as it is; what is gone is told by the list of changes. */
function withoutRemoved(graph: UnitedGraph): UnitedGraph {
  return {
    direction: graph.direction,
    nodes: graph.nodes.filter(({ state }) => state !== 'removed'),
    edges: graph.edges.filter(({ state }) => state !== 'removed'),
  };
}
