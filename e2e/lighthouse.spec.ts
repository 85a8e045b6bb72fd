// Lighthouse's accessibility, best practices and SEO: 100 on every kind of page on a phone, on those that are read
// most on a desktop too. Its performance score depends on the machine and is measured by `npm run bench`.
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import { chromium, expect, test } from 'playwright/test';
import { launch } from 'puppeteer-core';
import { CHROMIUM, COURSE_URL, FLAGS } from './environment.ts';
import { ALL_PAGES } from './page-kinds.ts';

const READ_MOST = new Set(['home', 'later stage', 'difference', 'comparison']);

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];

const RUNS = ALL_PAGES.flatMap((page) => [
  { ...page, screen: 'phone', config: undefined },
  ...(READ_MOST.has(page.name) ? [{ ...page, screen: 'desktop', config: desktop }] : []),
]);

for (const { name, address, screen, config } of RUNS) {
  test(`${name} ${address} on a ${screen}`, async () => {
    test.slow();
    const browser = await launch({
      executablePath: CHROMIUM ?? chromium.executablePath(),
      args: FLAGS,
      defaultViewport: null,
    });
    try {
      const result = await lighthouse(
        COURSE_URL + address,
        { logLevel: 'error', onlyCategories: CATEGORIES },
        config,
        await browser.newPage(),
      );
      const { categories = {}, audits = {} } = result?.lhr ?? {};
      const faults = CATEGORIES.flatMap((id) => categories[id]?.auditRefs ?? [])
        .map(({ id }) => audits[id])
        .filter((audit) => audit && audit.score !== null && audit.score < 1)
        .map((audit) => `${audit?.id}: ${audit?.title}`);
      const scores = CATEGORIES.map((id) => `${id} ${(categories[id]?.score ?? 0) * 100}`);
      expect(scores, faults.join('\n')).toEqual(CATEGORIES.map((id) => `${id} 100`));
    } finally {
      await browser.close();
    }
  });
}
