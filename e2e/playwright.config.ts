import { defineConfig, devices } from 'playwright/test';
import { CHROMIUM, COURSE_URL, FLAGS } from './environment.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // CI shares two cores with browsers: a second try tells a busy machine from a fault, and is reported.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 60_000,
  // What is expected comes in milliseconds on a quiet machine; a busy one is no fault of the course.
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: COURSE_URL,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { args: FLAGS, ...(CHROMIUM && { executablePath: CHROMIUM }) },
  },
});
