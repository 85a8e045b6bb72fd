import type { Check } from './check.ts';
import { accountChecks } from './checks/accounts.ts';
import { byDesignChecks } from './checks/by-design.ts';
import { concurrencyChecks } from './checks/concurrency.ts';
import { createChecks } from './checks/create.ts';
import { deleteChecks } from './checks/delete.ts';
import { errorChecks } from './checks/errors.ts';
import { idempotencyChecks } from './checks/idempotency.ts';
import { listChecks } from './checks/list.ts';
import { pageChecks } from './checks/page.ts';
import { securityChecks } from './checks/security.ts';
import { signInChecks } from './checks/sign-in.ts';
import { tokenChecks } from './checks/tokens.ts';
import { updateChecks } from './checks/update.ts';

/** The whole API suite, in the order in which it runs. */
export const CHECKS: readonly Check[] = [
  ...pageChecks,
  ...listChecks,
  ...createChecks,
  ...updateChecks,
  ...deleteChecks,
  ...errorChecks,
  ...securityChecks,
  ...signInChecks,
  ...tokenChecks,
  ...accountChecks,
  ...byDesignChecks,
  ...idempotencyChecks,
  ...concurrencyChecks,
];
