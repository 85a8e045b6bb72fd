// `npm run build`: the site into dist/, with every link followed, and what each page weighs.
import { formatProblem } from './checks/problem.ts';
import { DIST, buildSite } from './pages/build.ts';
import { checkLinks } from './pages/links.ts';
import { readSite } from './pages/site.ts';
import { formatWeights, weighPages } from './pages/weights.ts';
import { EXIT, Failure } from './shared/failure.ts';

try {
  const [given] = process.argv.slice(2);
  if (given !== undefined)
    throw new Failure(
      'E_USAGE',
      `npm run build takes nothing, found "${given}". Where the site will stand is said by SITE_URL and SITE_BASE: see CONTRIBUTING.md.`,
      EXIT.usage,
    );
  const started = performance.now();
  console.error('building the course …');
  await buildSite();
  const site = readSite(DIST);
  const broken = checkLinks(site);
  if (broken.length > 0)
    throw new Failure(
      'E_SITE_LINKS',
      `links lead nowhere:\n${broken.map(formatProblem).join('\n')}`,
    );
  const weights = weighPages(site);
  console.log(formatWeights(weights).join('\n'));
  console.error(
    `${weights.length} pages in ${((performance.now() - started) / 1000).toFixed(1)} s, in dist/`,
  );
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = error.exitCode;
}
