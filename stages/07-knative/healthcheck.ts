// Docker runs this in the container every few seconds: it ends with 0 as long as the service answers.
// The image has no curl; Node has fetch.
const TIMEOUT_MILLISECONDS = 2_000;

const url = `http://127.0.0.1:${process.env['PORT'] ?? '3001'}/healthz`;
try {
  const { status } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
  if (status !== 200) throw new Error(`answered ${status}`);
} catch (error) {
  console.error(`${url}: ${(error as Error).message}`);
  process.exitCode = 1;
}
// A connection that is kept alive would hold the process for seconds.
process.exit();
