import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Stages are left out: their tests travel with them and use node:test.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['scripts/**/*.test.ts', 'site/**/*.test.ts'],
    cache: false,
  },
});
