import { MANY } from './toolbar.ts';
import type { LabDeployment } from '../../../../scripts/lab/deployment.ts';

/** What many readers at once ask for: the list, which every stage has. */
const PATH = '/api/rule';
/** As many readers as a rush has; each waits for an answer before it asks again. */
const AT_ONCE = 5;

/**
 * Sends many requests, some at once; answers how they went.
 *
 * @example await sendMany(deployment.fetch) // { good: 50, bad: 0 }
 */
export async function sendMany(
  fetch: LabDeployment['fetch'],
): Promise<{ good: number; bad: number }> {
  let sent = 0;
  let good = 0;
  const reader = async (): Promise<void> => {
    while (sent < MANY) {
      sent += 1;
      if (await isAnswered(fetch)) good += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return { good, bad: MANY - good };
}

/**
 * Makes a function platform start one instance more: it does so when every instance that it has is busy.
 *
 * @example await addInstance(deployment) // 2
 */
export async function addInstance({
  fetch,
  instances,
}: Pick<LabDeployment, 'fetch' | 'instances'>): Promise<number> {
  const running = (): number => instances().filter(({ state }) => state !== 'stopped').length;
  const asked = Array.from({ length: running() + 1 }, () => isAnswered(fetch));
  await Promise.all(asked);
  return running();
}

async function isAnswered(fetch: LabDeployment['fetch']): Promise<boolean> {
  try {
    const response = await fetch(PATH);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
