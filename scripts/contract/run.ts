import { randomUUID } from 'node:crypto';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Behaviours, Target } from '../stages/schema.ts';
import { createApi } from './api.ts';
import { capabilities, type Capabilities } from './capabilities.ts';
import type { Check, Outside } from './check.ts';
import { CHECKS } from './checks.ts';
import { createClient, type RawRequest, type Reply, type Send } from './client.ts';
import { Unmet } from './expect.ts';
import { createSignIn, type SignIn } from './session.ts';

/** The variable that holds the key of a service's tokens. */
export const TOKEN_KEY = 'JWT_SECRET';

export interface ContractResult {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason?: string;
  readonly milliseconds: number;
}

export interface ContractOptions {
  readonly behaviours: Behaviours;
  readonly target: Target;
  /** Restarts the service at the same address; without it checks that need a restart are skipped. */
  readonly restart?: () => Promise<void>;
  readonly onResult?: (result: ContractResult) => void;
  /** Told of each request and its answer. */
  readonly onExchange?: (request: RawRequest, reply: Reply) => void;
  /** The key that the service signs tokens with, when it is ours to know; without it checks that need it are skipped. */
  readonly secret?: string;
  /** Run only these checks. */
  readonly only?: readonly string[];
  /** Longest wait for one answer, in milliseconds. */
  readonly timeout?: number;
}

/**
 * Runs the API suite against a service. It may hold todos already: every check removes what it made.
 *
 * @example
 * const results = await runContract('http://localhost:3001', { behaviours: stage.behaviours, target: 'process' });
 * results.filter(({ outcome }) => outcome === 'failed');
 */
export async function runContract(
  baseUrl: string,
  options: ContractOptions,
): Promise<ContractResult[]> {
  const { behaviours, target, restart, onResult, onExchange, only, secret, timeout } = options;
  const able = capabilities(behaviours, target, {
    canRestart: restart !== undefined,
    hasSecret: secret !== undefined,
  });
  const client = createClient(address(baseUrl), timeout);
  const send: Send = async (request) => {
    const reply = await client(request);
    onExchange?.(request, reply);
    return reply;
  };
  await expectSomebody(send, baseUrl);

  const outside: Outside = {
    restart: restart ?? (() => Promise.reject(new Unmet('nobody can restart this service'))),
    secure: new URL(baseUrl).protocol === 'https:',
    secret: secret ?? '',
  };
  const { signIn } = behaviours;
  const session = signIn === 'none' ? undefined : createSignIn(send, signIn);
  const results: ContractResult[] = [];
  for (const check of chosen(only)) {
    const result = await runCheck(check, send, session, able, outside);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

async function runCheck(
  check: Check,
  send: Send,
  session: SignIn | undefined,
  able: Capabilities,
  outside: Outside,
): Promise<ContractResult> {
  const { id, title } = check;
  const missing = missingCapability(check, able);
  if (missing !== undefined) {
    return { id, title, outcome: 'skipped', reason: missing, milliseconds: 0 };
  }
  const api = createApi(send, `contract-${randomUUID().slice(0, 8)}`, session);
  const began = performance.now();
  let reason = await reasonAgainst(check.run(api, outside));
  if (able.writes === true) {
    const left = await reasonAgainst(api.clean());
    // A service that fails a check often fails the cleaning too: the first reason says more.
    if (left !== undefined) reason ??= `cleaning up: ${left}`;
  }
  const milliseconds = Math.round(performance.now() - began);
  return reason === undefined
    ? { id, title, outcome: 'passed', milliseconds }
    : { id, title, outcome: 'failed', reason, milliseconds };
}

/**
 * Why a check does not apply, or undefined when it does.
 *
 * @example missingCapability({ needs: ['restart'], ... }, able) // 'the service is not ours to restart'
 */
export function missingCapability(check: Check, able: Capabilities): string | undefined {
  for (const need of check.needs ?? []) {
    if (!Object.hasOwn(able, need)) {
      throw new Failure(
        'E_CONTRACT_CAPABILITY',
        `${check.id} needs "${need}", which is not a capability. Known: ${Object.keys(able).join(', ')}.`,
        EXIT.bug,
      );
    }
    const reason = able[need];
    if (reason !== true) return reason;
  }
  return undefined;
}

function chosen(only: readonly string[] | undefined): readonly Check[] {
  if (!only) return CHECKS;
  return only.map((id) => {
    const check = CHECKS.find((one) => one.id === id);
    if (check) return check;
    throw new Failure(
      'E_CONTRACT_CHECK',
      `no check is called "${id}". Checks: ${CHECKS.map((one) => one.id).join(', ')}.`,
      EXIT.usage,
    );
  });
}

function address(baseUrl: string): string {
  if (URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol)) return baseUrl;
  throw new Failure(
    'E_CONTRACT_URL',
    `"${baseUrl}" is not an address. Give one like http://localhost:3001.`,
    EXIT.usage,
  );
}

async function expectSomebody(send: Send, baseUrl: string): Promise<void> {
  try {
    await send({ method: 'GET', path: '/api/rule' });
  } catch (error) {
    throw new Failure(
      'E_CONTRACT_UNREACHABLE',
      `${baseUrl} does not answer (${(error as Error).message}). Start the service first.`,
      EXIT.checkFailed,
      { cause: error },
    );
  }
}

/** Why something failed, or undefined. An error that is no `Unmet` is a fault of the suite: its stack says where. */
async function reasonAgainst(attempt: Promise<void>): Promise<string | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (error instanceof Unmet) return error.message;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
