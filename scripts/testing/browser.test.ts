import { expect, test } from 'vitest';
import { browserFlags, findBrowser } from './browser.ts';
import type { Machine } from './browser.ts';

const OWN = '/cache/playwright/chrome';

/** A machine with the given files; running a program of `makes` adds its file. */
function machine(
  files: readonly string[],
  options: { root?: boolean; named?: string; makes?: Record<string, string> } = {},
) {
  const there = new Set(files);
  const ran: string[] = [];
  const answer: Machine = {
    environment: { PATH: '/project/node_modules/.bin:/usr/bin', CHROMIUM_PATH: options.named },
    isRoot: options.root ?? false,
    exists: (path) => there.has(path),
    playwrightPath: () => Promise.resolve(OWN),
    run: (file, args) => {
      ran.push(`${file} ${args[0]}`);
      const made = options.makes?.[file];
      if (made) there.add(made);
      return Promise.resolve(made !== undefined);
    },
  };
  return { answer, ran };
}
const find = (given: Machine) => findBrowser(given, () => {});

test('CHROMIUM_PATH comes first, and a wrong one is no reason to take another', async () => {
  const { answer } = machine(['/opt/chrome', '/usr/bin/chromium'], { named: '/opt/chrome' });
  expect(await find(answer)).toEqual({ path: '/opt/chrome', from: 'named by CHROMIUM_PATH' });
  await expect(find(machine(['/usr/bin/chromium'], { named: '/gone' }).answer)).rejects.toThrow(
    'CHROMIUM_PATH names /gone',
  );
});

test('then one on the system, without asking the network', async () => {
  const { answer, ran } = machine([
    '/usr/bin/google-chrome',
    '/project/node_modules/.bin/chromium',
  ]);
  expect(await find(answer)).toEqual({
    path: '/usr/bin/google-chrome',
    from: 'found on this system',
  });
  expect(ran).toEqual([]);
});

test('then what Playwright downloads, once', async () => {
  const { answer, ran } = machine([], { makes: { playwright: OWN } });
  expect(await find(answer)).toEqual({ path: OWN, from: 'downloaded by Playwright' });
  expect(await find(answer)).toEqual({ path: OWN, from: 'downloaded by Playwright before' });
  expect(ran).toEqual(['playwright install']);
});

test('then Debian’s package, when root', async () => {
  const debian = { makes: { 'apt-get': '/usr/bin/chromium' } };
  const { answer, ran } = machine(['/etc/debian_version'], { ...debian, root: true });
  expect(await find(answer)).toEqual({ path: '/usr/bin/chromium', from: 'installed with apt-get' });
  expect(ran).toEqual(['playwright install', 'apt-get update', 'apt-get install']);
  await expect(find(machine(['/etc/debian_version'], debian).answer)).rejects.toThrow(
    'apt-get install chromium',
  );
});

test('else it says what to install', async () => {
  await expect(find(machine([], { root: true }).answer)).rejects.toThrow(
    /found none\. Install it .* or set CHROMIUM_PATH/,
  );
});

test('the sandbox is given up as root alone', () => {
  expect(browserFlags(false)).not.toContain('--no-sandbox');
  expect(browserFlags(true)).toContain('--no-sandbox');
});
