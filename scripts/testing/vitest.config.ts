import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that speak to a real Docker or a real cluster: there is one of each on a machine. */
const WITH_ENGINES = 'scripts/**/*.engine.test.ts';

// Stages are left out: their tests travel with them and use node:test.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    cache: false,
    // What a test imports is what Node imports: what it builds is kept for others (`.cache/lab`).
    deps: { interopDefault: false },
    // What is waited for comes in milliseconds on a quiet machine; a busy one is no fault.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['scripts/**/*.test.ts', 'site/**/*.test.ts'],
          exclude: [WITH_ENGINES],
          // Vitest would leave a core to itself, and on two that is half of all.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: [WITH_ENGINES],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
