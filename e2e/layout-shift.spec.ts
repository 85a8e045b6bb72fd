// Nothing moves under a reader's eyes: no page shifts what it has shown, while it comes and while it is scrolled.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'playwright/test';
import { COURSE_URL } from './environment.ts';
import { PAGE_KINDS, inBothLanguages } from './page-kinds.ts';

/** Lighthouse gives full marks up to ten times as much. */
const MOST = 0.001;
const SCREENS = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'wide', width: 1280, height: 800 },
];
const LATER_STAGES = ['/stages/06-kubernetes/', '/stages/07-knative/', '/stages/08-midway/'];
const PAGES = [...PAGE_KINDS.map(({ path }) => path), ...LATER_STAGES].flatMap(inBothLanguages);

/** Pages come in pieces, as over a slow connection. */
const PIECE_BYTES = 6_000;
const PIECE_MILLISECONDS = 25;

let slow: Server;
test.beforeAll(async () => {
  slow = createServer((request, response) => void inPieces(request, response)).listen(0);
  await new Promise((resolve) => slow.once('listening', resolve));
});
test.afterAll(() => {
  slow.closeAllConnections();
  slow.close();
});

async function inPieces(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await fetch(new URL(request.url ?? '/', COURSE_URL));
  const type = answer.headers.get('content-type') ?? '';
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { 'content-type': type });
  const piece = type.startsWith('text/html') ? PIECE_BYTES : body.length;
  for (let at = 0; at < body.length; at += piece) {
    response.write(body.subarray(at, at + piece));
    await pause(PIECE_MILLISECONDS);
  }
  response.end();
}

for (const { name, width, height } of SCREENS) {
  test.describe(name, () => {
    test.use({ viewport: { width, height } });

    for (const address of PAGES) {
      test(`nothing shifts on ${address}`, async ({ page }) => {
        await page.addInitScript(() => {
          const shifts: string[] = [];
          Object.assign(globalThis, { shifts });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as LayoutShift[]) {
              if (entry.hadRecentInput) continue;
              const moved = entry.sources.map(({ node }) => (node as Element | null)?.outerHTML);
              shifts.push(
                `${entry.value.toFixed(4)} ${moved.map((html) => html?.slice(0, 80)).join(' ')}`,
              );
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
        const { port } = slow.address() as AddressInfo;
        await page.goto(`http://localhost:${port}${address}`, { waitUntil: 'load' });
        for (let screen = 0; screen < 6; screen += 1) {
          await page.mouse.wheel(0, height);
          await page.waitForTimeout(60);
        }
        const shifts = await page.evaluate(() => (globalThis as unknown as Shifts).shifts);
        const sum = shifts.reduce((total, shift) => total + Number.parseFloat(shift), 0);
        expect(sum, shifts.join('\n')).toBeLessThan(MOST);
      });
    }
  });
}

interface Shifts {
  readonly shifts: readonly string[];
}

/** https://developer.mozilla.org/en-US/docs/Web/API/LayoutShift */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}
