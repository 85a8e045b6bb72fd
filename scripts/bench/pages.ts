// What a reader's browser carries and how fast a page is: weights, and Lighthouse's scores on its simulated
// phone and desktop, in both languages.
import lighthouse, { type Config } from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import { launch } from 'puppeteer-core';
import { DIST, buildSite, isBuilt } from '../pages/build.ts';
import { servePages } from '../pages/server.ts';
import { readSite } from '../pages/site.ts';
import { weighPages } from '../pages/weights.ts';
import { Failure } from '../shared/failure.ts';
import { browserFlags, findBrowser, thisMachine } from '../testing/browser.ts';
import { median } from './median.ts';

const RUNS = 5;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** The kinds of pages that are read most, and of stages and differences the heaviest. */
const PAGES = [
  ...['/', '/stages/02-file-db/', '/stages/07-knative/'],
  ...['/diff/03-table-store/04-static-split/', '/compare/01-all-in-one/05-docker/'],
].flatMap((page) => [page, `/zh-cn${page}`]);

interface Figures {
  readonly scores: readonly number[];
  readonly largestPaint: number;
  readonly blocked: number;
  readonly shift: number;
}

/** A row for each page, as a Markdown table. */
export async function benchPages(): Promise<string> {
  if (!isBuilt()) await buildSite();
  const { path } = await findBrowser(thisMachine(), console.error);
  const server = await servePages(DIST, 0);
  try {
    const weights = new Map(weighPages(readSite(DIST)).map(({ page, bytes }) => [page, bytes]));
    const rows: string[] = [];
    for (const page of PAGES) {
      const phone = await measureAll(server.url + page, path);
      const wide = await measureAll(server.url + page, path, desktop);
      rows.push(row(page, weights.get(page) ?? 0, phone, wide));
      console.error(rows.at(-1));
    }
    return [
      '| page | gzip, kB | phone | desktop | largest paint, s | blocked, ms | shift |',
      '|---|---|---|---|---|---|---|',
      ...rows,
      '',
      `Lighthouse's performance, accessibility, best practices and SEO, each the median of ${RUNS} runs; the last three columns are of its simulated phone.`,
    ].join('\n');
  } finally {
    await server.close();
  }
}

function row(
  page: string,
  bytes: number,
  phone: readonly Figures[],
  wide: readonly Figures[],
): string {
  const middle = (pick: (figures: Figures) => number) => median(phone.map(pick));
  const cells = [
    page,
    (bytes / 1000).toFixed(1),
    scoresOf(phone),
    scoresOf(wide),
    (middle(({ largestPaint }) => largestPaint) / 1000).toFixed(1),
    middle(({ blocked }) => blocked).toFixed(0),
    middle(({ shift }) => shift).toFixed(3),
  ];
  return `| ${cells.join(' | ')} |`;
}

function scoresOf(runs: readonly Figures[]): string {
  return CATEGORIES.map((_, index) =>
    median(runs.map(({ scores }) => scores[index] ?? 0)).toFixed(0),
  ).join(' / ');
}

async function measureAll(url: string, chromePath: string, config?: Config): Promise<Figures[]> {
  const runs: Figures[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await measure(url, chromePath, config));
  return runs;
}

async function measure(url: string, chromePath: string, config?: Config): Promise<Figures> {
  const browser = await launch({
    executablePath: chromePath,
    args: browserFlags(process.getuid?.() === 0),
    defaultViewport: null,
  });
  try {
    const result = await lighthouse(
      url,
      { logLevel: 'error', onlyCategories: [...CATEGORIES] },
      config,
      await browser.newPage(),
    );
    if (!result) throw new Failure('E_BENCH_LIGHTHOUSE', `Lighthouse had no result for ${url}.`);
    const { categories, audits } = result.lhr;
    return {
      scores: CATEGORIES.map((id) => (categories[id]?.score ?? 0) * 100),
      largestPaint: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
      blocked: audits['total-blocking-time']?.numericValue ?? Number.NaN,
      shift: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
    };
  } finally {
    await browser.close();
  }
}
