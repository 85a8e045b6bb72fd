// The walk through a difference: what a step says, and the hunk that it speaks of.
import { expect, test, type Page } from 'playwright/test';

const LESSONS = ['/stages/02-file-db/', '/zh-cn/stages/05-docker/'];

/** Where the first step with more to say than to show has its first sentence and its hunk. */
async function places(page: Page) {
  const step = page.locator('.walk > .step').nth(1);
  const says = await step.locator('p').first().boundingBox();
  const hunk = await step.locator('.hunk').boundingBox();
  if (!says || !hunk) throw new Error('expected a step with a paragraph and a hunk');
  return { says, hunk };
}

for (const lesson of LESSONS) {
  test(`beside its step stands its hunk, and follows: ${lesson}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(lesson);
    const before = await places(page);
    expect(before.hunk.x).toBeGreaterThan(before.says.x + before.says.width);
    expect(Math.abs(before.hunk.y - before.says.y)).toBeLessThan(24);

    // Forty pixels of the longest text are read: its hunk has not moved out of sight.
    const tops = await page.locator('.walk > .step').evaluateAll((steps) => {
      const room = (step: Element) =>
        step.clientHeight - (step.querySelector('.hunk')?.clientHeight ?? 0);
      const longest = steps.toSorted((a, b) => room(b) - room(a))[0];
      const nav = document.querySelector('header')?.clientHeight ?? 0;
      scrollTo(0, scrollY + (longest?.getBoundingClientRect().top ?? 0) - nav + 40);
      return { nav, hunk: longest?.querySelector('.hunk')?.getBoundingClientRect().top };
    });
    expect(tops.hunk).toBeGreaterThan(tops.nav);
  });

  test(`on a phone it stands below, as wide as the text: ${lesson}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(lesson);
    const { says, hunk } = await places(page);
    expect(hunk.y).toBeGreaterThanOrEqual(says.y + says.height);
    expect(hunk.x + hunk.width).toBeLessThanOrEqual(390);
  });
}

test('a walk covers the headings of the page while it passes, and gives them back to the keyboard', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('/stages/03-table-store/');
  const heading = page.locator('.right-sidebar a').last();
  const isOnTop = () =>
    heading.evaluate((link) => {
      const { x, y, width, height } = link.getBoundingClientRect();
      return link.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
  expect(await isOnTop()).toBe(true);
  await page
    .locator('.walk > .step')
    .nth(1)
    .evaluate((step) => step.scrollIntoView());
  expect(await isOnTop()).toBe(false);
  await heading.focus();
  expect(await isOnTop()).toBe(true);
});

test('a hunk leads to all that differs in its file', async ({ page }) => {
  await page.goto('/stages/05-docker/#changes');
  await page.locator('.hunk', { hasText: 'serve.ts' }).getByRole('link').click();
  await expect(page).toHaveURL('/diff/04-static-split/05-docker/#file-serve.ts');
  const file = page.getByRole('region', { name: 'serve.ts' });
  await expect(file).toBeInViewport();
  // Right below the header, although files above it are laid out only now.
  await expect.poll(async () => (await file.boundingBox())?.y).toBeLessThan(120);
  expect((await file.boundingBox())?.y).toBeGreaterThan(56);
});
