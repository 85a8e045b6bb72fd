import { expect, it } from 'vitest';
import { runStage } from './testing/command-line.ts';

it('says how to start a cluster when none runs, and takes flags for kubectl’s own', async () => {
  const { code, error } = await runStage(['kubectl', 'get', 'pods', '-o', 'wide', '--watch'], {
    // Clusters of others on this machine are looked for elsewhere.
    environment: { TMPDIR: import.meta.dirname },
  });
  expect(code).toBe(1);
  expect(error).toBe(
    'E_NO_CLUSTER: no stage runs on a cluster. Start one in another terminal: npm run stage run 6 kubernetes\n',
  );
});
