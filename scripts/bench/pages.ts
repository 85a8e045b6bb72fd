// What a reader's browser carries and how fast a page is: weights, and Lighthouse's scores on its simulated
// phone; of the kinds of pages that are read most, in both languages and on its desktop too.
import { launch } from 'chrome-launcher';
import lighthouse, { type Config } from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import { DIST, buildSite, isBuilt } from '../pages/build.ts';
import { servePages } from '../pages/server.ts';
import { readSite } from '../pages/site.ts';
import { weighPages } from '../pages/weights.ts';
import { Failure } from '../shared/failure.ts';
import { browserFlags, findBrowser, thisMachine } from '../testing/browser.ts';
import { median } from './median.ts';

const RUNS = 5;
const READ_MOST = [
  ...['/', '/stages/06-kubernetes/', '/stages/07-knative/'],
  ...['/diff/03-table-store/04-static-split/', '/compare/01-all-in-one/05-docker/'],
].flatMap((page) => [page, `/zh-cn${page}`]);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

interface Figures {
  readonly scores: readonly number[];
  readonly largestPaint: number;
  readonly blocked: number;
  readonly shift: number;
}

/** A row for each English page, as a Markdown table. */
export async function benchPages(): Promise<string> {
  if (!isBuilt()) await buildSite();
  const { path } = await findBrowser(thisMachine(), console.error);
  const server = await servePages(DIST, 0);
  try {
    const weights = weighPages(readSite(DIST)).filter(
      ({ page }) => !page.startsWith('/zh-cn/') && page !== '/404.html',
    );
    const rows: string[] = [];
    for (const { page, bytes } of weights) {
      const runs: Figures[] = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await measure(server.url + page, path));
      rows.push(row(page, bytes, runs));
      console.error(rows.at(-1));
    }
    const most: string[] = [];
    for (const page of READ_MOST) {
      const scores: string[] = [];
      for (const config of [undefined, desktop]) {
        const runs: Figures[] = [];
        for (let run = 0; run < RUNS; run += 1) {
          runs.push(await measure(server.url + page, path, config));
        }
        scores.push(scoresOf(runs).join(' / '));
      }
      most.push(`| ${page} | ${scores.join(' | ')} |`);
      console.error(most.at(-1));
    }
    return [
      `| page | gzip, kB | performance | accessibility | best practices | SEO | largest paint, s | blocked, ms | shift |`,
      '|---|---|---|---|---|---|---|---|---|',
      ...rows,
      '',
      `Lighthouse: median of ${RUNS} runs on its simulated phone.`,
      '',
      '| page | phone | desktop |',
      '|---|---|---|',
      ...most,
      '',
      'Performance / accessibility / best practices / SEO.',
    ].join('\n');
  } finally {
    await server.close();
  }
}

function row(page: string, bytes: number, runs: readonly Figures[]): string {
  const middle = (pick: (figures: Figures) => number) => median(runs.map(pick));
  const cells = [
    page,
    (bytes / 1000).toFixed(1),
    ...scoresOf(runs),
    (middle(({ largestPaint }) => largestPaint) / 1000).toFixed(1),
    middle(({ blocked }) => blocked).toFixed(0),
    middle(({ shift }) => shift).toFixed(3),
  ];
  return `| ${cells.join(' | ')} |`;
}

function scoresOf(runs: readonly Figures[]): string[] {
  return CATEGORIES.map((_, index) =>
    median(runs.map(({ scores }) => scores[index] ?? 0)).toFixed(0),
  );
}

async function measure(url: string, chromePath: string, config?: Config): Promise<Figures> {
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless', ...browserFlags(process.getuid?.() === 0)],
    logLevel: 'silent',
  });
  try {
    const result = await lighthouse(
      url,
      { port: chrome.port, logLevel: 'error', onlyCategories: [...CATEGORIES] },
      config,
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
    chrome.kill();
  }
}
