import { findCluster } from './here.ts';

/**
 * Whether tests that need a real cluster are left out here. Where it has to be (REQUIRE_TARGETS), they are not: they fail.
 *
 * @example describe.skipIf(await withoutCluster())('target cluster', () => {})
 */
export async function withoutCluster(): Promise<boolean> {
  if (process.env['REQUIRE_TARGETS']?.split(',').includes('cluster')) return false;
  return !(await findCluster()).available;
}
