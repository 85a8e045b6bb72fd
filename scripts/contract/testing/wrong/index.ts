import type { Wrong } from '../ways-to-be-wrong.ts';
import { wrongByDesign } from './by-design.ts';
import { wrongCreates } from './create.ts';
import { wrongDeletes } from './delete.ts';
import { wrongErrors } from './errors.ts';
import { wrongIdempotency } from './idempotency.ts';
import { wrongLists } from './list.ts';
import { wrongPages } from './page.ts';
import { wrongSecurity } from './security.ts';
import { wrongAccounts, wrongSignIn } from './sign-in.ts';
import { wrongUpdates } from './update.ts';

/** Services that are wrong in one way each, with the check that must say so. */
export const WRONG: readonly Wrong[] = [
  ...wrongPages,
  ...wrongLists,
  ...wrongCreates,
  ...wrongUpdates,
  ...wrongDeletes,
  ...wrongErrors,
  ...wrongSecurity,
  ...wrongSignIn,
  ...wrongAccounts,
  ...wrongByDesign,
  ...wrongIdempotency,
];
