// The Lab in Chromium: from the click to a running stage, a request, an edit, and the page under load.
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright';
import { readManifest } from '../lab/build/index.ts';
import { DIST, buildSite, isBuilt } from '../pages/build.ts';
import { servePages } from '../pages/server.ts';
import { Failure } from '../shared/failure.ts';
import { browserFlags, findBrowser, thisMachine } from '../testing/browser.ts';
import { median } from './median.ts';

const COLD_RUNS = 5;
const WARM_RUNS = 10;
const REQUESTS = 200;
const EDITS = 5;
const LOAD_SECONDS = 10;
const LOAD_PER_SECOND = 100;

interface Figures {
  /** Fetched after the click, as gzip, in kilobytes. */
  readonly weight: number;
  readonly cold: number;
  readonly warm: number;
  readonly request: number;
  readonly edit: number;
  readonly longest: number;
  readonly answered: number;
}

/** A row for each stage, as a Markdown table. */
export async function benchLab(): Promise<string> {
  if (!isBuilt()) await buildSite();
  const { path } = await findBrowser(thisMachine(), console.error);
  const server = await servePages(DIST, 0);
  const browser = await chromium.launch({
    executablePath: path,
    args: browserFlags(process.getuid?.() === 0),
  });
  try {
    const rows: string[] = [];
    for (const id of Object.keys(readManifest(join(DIST, 'lab')).stages)) {
      rows.push(row(id, await measure(browser, `${server.url}/stages/${id}/`)));
      console.error(rows.at(-1));
    }
    return [
      `| stage | fetched after the click, gzip, kB | running, cold, ms (median of ${COLD_RUNS}) | warm (median of ${WARM_RUNS}) | a request, ms (median of ${REQUESTS}) | an edit runs, ms (median of ${EDITS}) | longest task under load, ms | answered a second |`,
      '|---|---|---|---|---|---|---|---|',
      ...rows,
      '',
      `From the click to a stage that answers, from a server on the same machine: cold in a browser without anything, warm when the Lab has run on the page before. A request goes from the stage’s page through the service worker to the instance and back. Under load that page sends ${LOAD_PER_SECOND} requests a second for ${LOAD_SECONDS} s; the task is one of the lesson’s page. In a cluster an edit is a new image: it runs when the last pod has been replaced.`,
    ].join('\n');
  } finally {
    await browser.close();
    await server.close();
  }
}

function row(id: string, figures: Figures): string {
  const { weight, cold, warm, request, edit, longest, answered } = figures;
  const cells = [weight, cold, warm, request.toFixed(1), edit, longest, answered].map((value) =>
    typeof value === 'number' ? value.toFixed(0) : value,
  );
  return `| ${id} | ${cells.join(' | ')} |`;
}

async function measure(browser: Browser, url: string): Promise<Figures> {
  const weight = await inContext(browser, (context) => weigh(context, url));
  const colds: number[] = [];
  for (let run = 0; run < COLD_RUNS; run += 1)
    colds.push(await inContext(browser, (context) => open(context, url).then(start)));
  return inContext(browser, async (context) => {
    const page = await open(context, url);
    await start(page);
    await frameOf(page);
    const warms: number[] = [];
    for (let run = 0; run < WARM_RUNS; run += 1) {
      await page.reload();
      warms.push(await start(page));
    }
    const frame = await frameOf(page);
    const request = median(await frame.evaluate(askOneByOne, REQUESTS));
    const { longest, answered } = await underLoad(page, frame);
    const edit = median(await editAndRun(page));
    return { weight, cold: median(colds), warm: median(warms), request, edit, longest, answered };
  });
}

async function inContext<Result>(
  browser: Browser,
  work: (context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext();
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  return page;
}

/** All that is fetched from the click until the stage's page is shown, in kilobytes of gzip. */
async function weigh(context: BrowserContext, url: string): Promise<number> {
  const page = await open(context, url);
  // Workers ask anew for what the browser has already.
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const asked = response.url();
    // Modules that the Lab makes in the tab, and what a stage answers, are no download.
    const isMade = asked.startsWith('blob:') || asked.includes('/lab/frame/');
    if (isMade || response.fromServiceWorker() || sizes.has(asked)) return;
    sizes.set(
      asked,
      response.body().then((body) => gzipSync(body, { level: 9 }).length),
    );
  });
  await start(page);
  await frameOf(page);
  await page.waitForLoadState('networkidle');
  return (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0) / 1000;
}

/** Milliseconds from the click to a stage that answers, as the page itself sees them. */
async function start(page: Page): Promise<number> {
  const milliseconds = await page.evaluate(async () => {
    const lab = document.querySelector<HTMLElement>('stage-lab');
    const began = performance.now();
    lab?.querySelector<HTMLElement>('[data-action="start"]')?.click();
    while (lab?.dataset['state'] === 'starting') await new Promise(requestAnimationFrame);
    return lab?.dataset['state'] === 'running' ? performance.now() - began : Number.NaN;
  });
  if (Number.isNaN(milliseconds))
    throw new Failure('E_BENCH_LAB', `the Lab did not start on ${page.url()}.`);
  return milliseconds;
}

/** The stage's own page, when it has loaded. */
async function frameOf(page: Page): Promise<Frame> {
  await page.frameLocator('stage-lab iframe').getByRole('heading', { level: 1 }).waitFor();
  const frame = page.frames().find((each) => each.url().includes('/lab/frame/'));
  if (!frame) throw new Failure('E_BENCH_LAB', `the Lab on ${page.url()} shows no page.`);
  return frame;
}

async function askOneByOne(count: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const began = performance.now();
    await (await fetch('./api/rule')).text();
    times.push(performance.now() - began);
  }
  return times;
}

async function underLoad(page: Page, frame: Frame): Promise<{ longest: number; answered: number }> {
  await page.evaluate(() => {
    const seen = { longest: 0 };
    Object.assign(globalThis, { longTasks: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
  });
  const answered = await frame.evaluate(askAtRate, [LOAD_SECONDS, LOAD_PER_SECOND] as const);
  const longest = await page.evaluate(
    () => (globalThis as unknown as { longTasks: { longest: number } }).longTasks.longest,
  );
  return { longest, answered };
}

/** Answers a second, when so many are asked for. */
async function askAtRate([seconds, rate]: readonly [number, number]): Promise<number> {
  const began = performance.now();
  const all: Promise<unknown>[] = [];
  for (let sent = 0; sent < seconds * rate; sent += 1) {
    const wait = began + (sent * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    all.push(fetch('./api/rule').then((response) => response.text()));
  }
  await Promise.all(all);
  return all.length / ((performance.now() - began) / 1000);
}

/** Milliseconds from "run" to a stage that answers with the changed code, as the Lab says them. */
async function editAndRun(page: Page): Promise<number[]> {
  await page.getByRole('tab', { name: 'Code' }).click();
  const editor = page.getByRole('textbox', { name: /^Code of / });
  const said = page.getByRole('tabpanel', { name: 'Code' }).getByRole('status');
  const times: number[] = [];
  // The first one also loads what takes the types out.
  for (let run = 0; run <= EDITS; run += 1) {
    await editor.fill(`${await editor.inputValue()}\n// ${run}`);
    await editor.press('Control+Enter');
    await said.filter({ hasText: /\d+ ms later/ }).waitFor();
    const text = await said.innerText();
    times.push(Number(/(\d+) ms/.exec(text)?.[1]));
    await said.evaluate((element) => element.replaceChildren());
  }
  return times.slice(1);
}
