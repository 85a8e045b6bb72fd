// "Open in StackBlitz": the project that the page posts is rebuilt on disk, installed, started and asked.
// StackBlitz itself is played by the test.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { listStages } from './command-line.ts';
import type { ListedStage } from './command-line.ts';

interface Posted {
  readonly url: URL;
  readonly fields: URLSearchParams;
}

const ANSWER = `<!doctype html><title>StackBlitz, played by the test</title><script>
addEventListener('message', (event) => {
  if (event.data?.action !== 'SDK_INIT') return;
  const channel = new MessageChannel();
  event.source.postMessage({ action: 'SDK_INIT_SUCCESS', id: event.data.id, payload: { previewOrigin: null } }, '*', [channel.port2]);
});
</script>`;

/** Plays StackBlitz for all pages of the context and keeps what is posted to it. */
async function playStackBlitz(page: Page, body: string): Promise<Posted[]> {
  const posted: Posted[] = [];
  await page.context().route('https://stackblitz.com/**', (route) => {
    const request = route.request();
    posted.push({
      url: new URL(request.url()),
      fields: new URLSearchParams(request.postData() ?? ''),
    });
    return route.fulfill({ contentType: 'text/html', body });
  });
  return posted;
}

/** Writes the posted files as StackBlitz would; forms turn every line end into CR LF. */
function rebuild(fields: URLSearchParams, folder: string): string[] {
  const paths: string[] = [];
  for (const [key, text] of fields) {
    const path = /^project\[files\]\[(.*)\]$/s.exec(key)?.[1];
    if (path === undefined) continue;
    const file = resolve(folder, path);
    expect(file.startsWith(folder + sep), path).toBe(true);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll('\r\n', '\n'));
    paths.push(path);
  }
  return paths;
}

/** A shell's PATH, without what npm and this repository have added. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  return { ...process.env, PATH: path.join(delimiter), PORT: '0' };
}

for (const stage of await listStages()) {
  test(`stage ${stage.number}, opened in a new tab, is a project that installs and answers`, async ({
    page,
  }) => {
    test.slow();
    const posted = await playStackBlitz(page, ANSWER);
    await page.goto(`/stages/${stage.id}/`);
    // A cookie with SameSite does not live in a frame of another site.
    const inFrame = page.getByRole('button', { name: 'Start it on this page' });
    await expect(inFrame).toHaveCount(stage.signIn === 'none' ? 1 : 0);
    await expect(page.getByText('its cookie is SameSite')).toHaveCount(
      stage.signIn === 'none' ? 0 : 1,
    );
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open it in a new tab' }).click(),
    ]);
    await opened.waitForLoadState();
    const [{ url, fields }] = posted as [Posted];
    expect(url.pathname).toBe('/run');
    expect(fields.get('project[template]')).toBe('node');

    const folder = mkdtempSync(join(tmpdir(), 'serverless-evolution-stackblitz-'));
    try {
      const paths = rebuild(fields, folder);
      expect(paths).toContain('package.json');
      expect(paths).toContain(url.searchParams.get('file') ?? 'index.ts');
      const { scripts, engines } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      ) as {
        scripts: Record<string, string>;
        engines: Record<string, string>;
      };
      const script = url.searchParams.get('startScript') ?? '';
      // WebContainers run Node 22 without type stripping: TypeScript needs tsx, or is compiled beforehand.
      expect(`${scripts[`pre${script}`]} ${scripts[script]}`).toMatch(
        /\btsx\b|\brun --silent build\b/,
      );
      // A stage that starts the local cloud beside it has to bring it along.
      expect(paths.includes('local/cloud.mjs')).toBe(paths.includes('local/start.mjs'));
      expect(engines['node']).toBeTruthy();
      await answersOnce(folder, script, stage.signIn);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function answersOnce(
  folder: string,
  script: string,
  signIn: ListedStage['signIn'],
): Promise<void> {
  const env = cleanEnvironment();
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    env,
  });
  const child = spawn('npm', ['run', script], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  try {
    const url = await new Promise<string>((found, lost) => {
      let said = '';
      const listen = (chunk: Buffer) => {
        said += String(chunk);
        const address = /https?:\/\/localhost:\d+/.exec(said)?.[0];
        if (address) found(address);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      ended.then(() => lost(new Error(`the project ended before it listened:\n${said}`)), lost);
    });
    const json = { 'content-type': 'application/json' };
    const answer =
      signIn === 'accounts'
        ? await fetch(`${url}/api/login/account`, {
            method: 'POST',
            headers: json,
            body: '{"userName":"demo","password":"serverless"}',
          })
        : await fetch(`${url}/api/currentUser`);
    // Where nobody signs in there is no cookie.
    const [cookie = ''] = answer.headers.getSetCookie();
    const headers = { ...json, cookie: cookie.split(';')[0] ?? '' };
    const added = await fetch(`${url}/api/rule`, {
      method: 'POST',
      headers,
      body: '{"name":"from StackBlitz"}',
    });
    expect(added.status).toBe(201);
    expect(await (await fetch(url)).text()).toContain('<!doctype html>');
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
}

test('a frame on the page is made on a click and removed when it is closed or left', async ({
  page,
}) => {
  const posted = await playStackBlitz(page, ANSWER);
  await page.goto('/stages/01-all-in-one/');
  const element = page.locator('open-in-stackblitz');
  await expect(element.locator('iframe')).toHaveCount(0);
  expect(posted).toEqual([]);

  await page.getByRole('button', { name: 'Start it on this page' }).click();
  await expect(element).toHaveAttribute('data-state', 'running');
  await expect(element.locator('iframe')).toHaveAttribute('allow', /cross-origin-isolated/);
  await page.getByRole('button', { name: 'Close it' }).click();
  await expect(element.locator('iframe')).toHaveCount(0);
  await expect(element).toHaveAttribute('data-state', 'idle');

  await page.getByRole('button', { name: 'Start it on this page' }).click();
  await expect(element).toHaveAttribute('data-state', 'running');
  await page.goto('/api/');
  await page.goBack();
  await expect(element.locator('iframe')).toHaveCount(0);
});

test('a StackBlitz that does not answer is given up after 15 s, with a way on', async ({
  page,
}) => {
  await playStackBlitz(page, '<!doctype html><title>silence</title>');
  await page.goto('/stages/01-all-in-one/');
  await page.getByRole('button', { name: 'Start it on this page' }).click();
  const element = page.locator('open-in-stackblitz');
  await expect(element).toHaveAttribute('data-state', 'loading');
  await expect(element.locator('iframe')).toHaveCount(1);
  await expect(element).toHaveAttribute('data-state', 'failed', { timeout: 20_000 });
  await expect(element.locator('iframe')).toHaveCount(0);
  await expect(element.getByText('npm run stage run 1', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open it in a new tab' })).toBeEnabled();
});
