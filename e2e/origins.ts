import type { BrowserContext } from 'playwright/test';
import { COURSE_URL } from './environment.ts';

/**
 * Refuses every request to another origin than the course's, and keeps their addresses.
 *
 * @example const asked = await blockOtherOrigins(context); … expect(asked).toEqual([]);
 */
export async function blockOtherOrigins(context: BrowserContext): Promise<string[]> {
  const asked: string[] = [];
  const { origin } = new URL(COURSE_URL);
  await context.route(
    (url) => url.origin !== origin && url.protocol.startsWith('http'),
    (route) => {
      asked.push(route.request().url());
      return route.abort();
    },
  );
  return asked;
}
