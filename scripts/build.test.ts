import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { EXIT } from './shared/failure.ts';

it.each(['--base=/course', 'stages'])(
  'the build takes nothing: %s is refused before anything is built',
  async (given) => {
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      [join(import.meta.dirname, 'build.ts'), given],
      { reject: false },
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: EXIT.usage, stdout: '' });
    expect(stderr).toBe(
      `E_USAGE: npm run build takes nothing, found "${given}". Where the site will stand is said by SITE_URL and SITE_BASE: see CONTRIBUTING.md.`,
    );
  },
);
