// Lighthouse's accessibility, best practices and SEO: 100 on every kind of page. Its performance score
// depends on the machine and is measured by `npm run bench`.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { expect, test } from 'playwright/test';
import { CHROMIUM, COURSE_URL, FLAGS } from './environment.ts';
import { ALL_PAGES } from './page-kinds.ts';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];

for (const { name, address } of ALL_PAGES) {
  test(`${name} ${address}`, async () => {
    test.slow();
    const chrome = await launch({
      chromeFlags: ['--headless', ...FLAGS],
      logLevel: 'silent',
      ...(CHROMIUM && { chromePath: CHROMIUM }),
    });
    try {
      const result = await lighthouse(COURSE_URL + address, {
        port: chrome.port,
        logLevel: 'error',
        onlyCategories: CATEGORIES,
      });
      const { categories = {}, audits = {} } = result?.lhr ?? {};
      const faults = CATEGORIES.flatMap((id) => categories[id]?.auditRefs ?? [])
        .map(({ id }) => audits[id])
        .filter((audit) => audit && audit.score !== null && audit.score < 1)
        .map((audit) => `${audit?.id}: ${audit?.title}`);
      const scores = CATEGORIES.map((id) => `${id} ${(categories[id]?.score ?? 0) * 100}`);
      expect(scores, faults.join('\n')).toEqual(CATEGORIES.map((id) => `${id} 100`));
    } finally {
      chrome.kill();
    }
  });
}
