import { expect } from 'playwright/test';
import type { Page } from 'playwright/test';

/**
 * Collects what a page complains about; the answer expects that it was nothing.
 *
 * @example const expectQuiet = listenToConsole(page); … expectQuiet();
 */
export function listenToConsole(page: Page): () => void {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left, or a search overtaken by the next letter, gives requests up.
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${reason}`);
  });
  return () => expect(complaints).toEqual([]);
}
