import { formatProblem } from '../../checks/problem.ts';
import { DIST, buildSite } from '../../pages/build.ts';
import { checkLinks } from '../../pages/links.ts';
import { readSite } from '../../pages/site.ts';
import { formatWeights, weighPages } from '../../pages/weights.ts';
import type { Outcome } from '../part.ts';

/** The site builds; each page keeps to its weight and leads only to what exists. */
export async function buildSuite(): Promise<Outcome> {
  await buildSite();
  const site = readSite(DIST);
  const weights = weighPages(site);
  for (const line of formatWeights(weights)) console.log(line);
  const heavy = weights.filter(({ bytes, limit }) => bytes > limit);
  const broken = checkLinks(site);
  return {
    // Each page is weighed and has its links followed.
    passed:
      weights.length -
      heavy.length +
      site.pages.filter((page) => !broken.some(({ where }) => where === page)).length,
    failed: heavy.length + broken.length,
    report: [
      ...heavy.map(
        ({ page, bytes, limit, parts }) =>
          `${page}: ${bytes} bytes of gzip, at most ${limit}: ${describe(parts)}`,
      ),
      ...broken.map(formatProblem),
    ].join('\n'),
  };
}

function describe(parts: ReadonlyMap<string, number>): string {
  return [...parts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([file, bytes]) => `${file} ${bytes}`)
    .join(', ');
}
