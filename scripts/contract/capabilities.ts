import type { Behaviours, Target } from '../stages/schema.ts';
import { EXIT, Failure } from '../shared/failure.ts';

/** What a check may need of the service that it is run against. */
export type Capability =
  | 'writes'
  | 'refusesWrites'
  | 'oneList'
  | 'survivesRestart'
  | 'restart'
  | 'legacyDialect'
  | 'idempotency'
  | 'signIn'
  | 'accounts'
  | 'secret';

/** For each capability `true`, or the reason why checks that need it are skipped. */
export type Capabilities = Readonly<Record<Capability, true | string>>;

const SWITCHES = [
  'survivesRestart',
  'sharedBetweenInstances',
  'writes',
  'legacyDialect',
  'idempotency',
] as const;
type Switch = (typeof SWITCHES)[number];

/**
 * What the API suite may expect of a stage on a target, from the stage's declared behaviours.
 *
 * @example capabilities(stage.behaviours, 'fc', { canRestart: true, hasSecret: false }).writes // 'by design a write fails on fc (behaviours.writes)'
 */
export function capabilities(
  behaviours: Behaviours,
  target: Target,
  { canRestart, hasSecret }: { readonly canRestart: boolean; readonly hasSecret: boolean },
): Capabilities {
  for (const name of Object.keys(behaviours)) {
    if (name !== 'signIn' && !SWITCHES.includes(name as Switch)) {
      throw unknown(`behaviours.${name}`, `one of signIn, ${SWITCHES.join(', ')}`);
    }
  }
  const has = (name: Switch): boolean => {
    const value = behaviours[name];
    const here = typeof value === 'boolean' ? value : value?.[target];
    if (typeof here !== 'boolean') {
      throw unknown(`behaviours.${name} for target "${target}"`, 'true or false');
    }
    return here;
  };
  const { signIn } = behaviours;
  const or = (holds: boolean, reason: string): true | string => (holds ? true : reason);
  return {
    writes: or(has('writes'), `by design a write fails on ${target} (behaviours.writes)`),
    refusesWrites: or(!has('writes'), `writes succeed on ${target} (behaviours.writes)`),
    oneList: or(
      has('sharedBetweenInstances'),
      `by design each instance on ${target} has its own list (behaviours.sharedBetweenInstances)`,
    ),
    survivesRestart: or(
      has('survivesRestart'),
      `by design a restart on ${target} empties the list (behaviours.survivesRestart)`,
    ),
    restart: or(canRestart, 'the service is not ours to restart'),
    legacyDialect: or(
      has('legacyDialect'),
      'the first dialect is not spoken here (behaviours.legacyDialect)',
    ),
    idempotency: or(has('idempotency'), 'retries are not safe yet (behaviours.idempotency)'),
    signIn: or(signIn !== 'none', 'nobody signs in here (behaviours.signIn)'),
    accounts: or(signIn === 'accounts', 'there are no accounts here (behaviours.signIn)'),
    secret: or(hasSecret, 'the key that tokens are signed with is not known to the suite'),
  };
}

function unknown(found: string, expected: string): Failure {
  return new Failure(
    'E_CONTRACT_BEHAVIOUR',
    `${found} is not known; expected ${expected}. Mend the stage's stage.json.`,
    EXIT.usage,
  );
}
