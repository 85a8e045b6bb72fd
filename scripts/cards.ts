// `npm run cards`: the pictures that a shared link shows, one for each stage and language, taken from the
// home page's own picture of the steps. They are kept in the repository: fonts differ between machines.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import type { Page } from 'playwright';
import { CARDS, cardFingerprint, writeCardList } from './pages/cards.ts';
import { DIST, buildSite, isBuilt } from './pages/build.ts';
import { servePages } from './pages/server.ts';
import { readStages } from './stages/catalogue.ts';
import { browserFlags, findBrowser, thisMachine } from './testing/browser.ts';

const SIZE = { width: 1200, height: 630 };

if (!isBuilt()) await buildSite();
const { path } = await findBrowser(thisMachine(), console.error);
const server = await servePages(DIST, 0);
const browser = await chromium.launch({
  executablePath: path,
  args: browserFlags(process.getuid?.() === 0),
});
try {
  const made: Record<string, string> = {};
  for (const [language, root] of [
    ['en', '/'],
    ['zh-CN', '/zh-cn/'],
  ] as const) {
    const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' });
    await page.goto(server.url + root);
    const shown = await page.locator('.evolution input').count();
    await becomeCard(page);
    const stages = readStages().slice(0, shown);
    for (const stage of [undefined, ...stages]) {
      const number = stage?.number ?? shown;
      await page.locator(`.evolution .step-${number}`).evaluate((input) => {
        (input as HTMLInputElement).checked = true;
      });
      const words = stage ? `${stage.number}  ${stage.title[language]}` : await homeTitle(page);
      await page.locator('.card-text p').evaluate((line, said) => (line.textContent = said), words);
      const name = `${language}/${stage?.id ?? 'home'}`;
      const file = join(CARDS, `${name}.png`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await page.screenshot());
      made[name] = cardFingerprint(stage, language);
      console.log(`${name}.png`);
    }
    await page.close();
  }
  writeCardList(made);
} finally {
  await browser.close();
  await server.close();
}

/** Leaves the picture of the steps alone on the page, with the course's name and a line of text above it. */
async function becomeCard(page: Page): Promise<void> {
  await page.evaluate(() => {
    const figure = document.querySelector('.evolution');
    const title = document.querySelector('h1')?.textContent?.trim() ?? '';
    const name = document.querySelector('.site-title')?.cloneNode(true);
    const text = document.createElement('div');
    text.className = 'card-text';
    text.dataset['home'] = title;
    text.append(document.createElement('p'));
    if (figure && name) document.body.replaceChildren(name, text, figure);
  });
  await page.addStyleTag({
    content: `
      body { display: grid; grid-template-rows: auto auto 1fr; gap: 1.25rem; box-sizing: border-box; height: 630px; padding: 3rem 4rem; overflow: hidden; background: var(--paper) }
      .site-title { font-size: 1.5rem !important }
      .card-text p { margin: 0; font-size: 3.1rem; font-weight: 750; line-height: 1.12; letter-spacing: -0.02em; color: var(--ink) }
      .evolution { border: 0; padding: 0; margin: 0; min-height: 0 }
      .evolution :is(fieldset, figcaption) { display: none }
      .evolution .canvas { display: grid; place-items: center; margin: 0; border-width: 2px; height: 100%; box-sizing: border-box }
      .evolution .canvas + .canvas { display: none }
      .evolution .diagram { width: 100%; max-width: none; max-height: 19rem }
    `,
  });
}

function homeTitle(page: Page): Promise<string> {
  return page.locator('.card-text').evaluate((text) => text.dataset['home'] ?? '');
}
