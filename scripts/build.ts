// `npm run build`: the site into dist/, and what each page weighs.
import { DIST, buildSite } from './pages/build.ts';
import { readSite } from './pages/site.ts';
import { formatWeights, weighPages } from './pages/weights.ts';
import { Failure } from './shared/failure.ts';

try {
  const started = performance.now();
  console.error('building the course …');
  await buildSite();
  const weights = weighPages(readSite(DIST));
  console.log(formatWeights(weights).join('\n'));
  console.error(
    `${weights.length} pages in ${((performance.now() - started) / 1000).toFixed(1)} s, in dist/`,
  );
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = error.exitCode;
}
