import { describe, expect, it } from 'vitest';
import type { Behaviours } from '../stages/schema.ts';
import { CHECKS, runContract, type ContractResult } from './index.ts';
import { capabilities } from './capabilities.ts';
import { missingCapability } from './run.ts';
import { startFakeService, type FakeService } from './testing/fake-service.ts';
import { add, rightService } from './testing/right-service.ts';
import { SECRET, withSignIn } from './testing/right-sign-in.ts';
import { brokenPage, instead, on } from './testing/ways-to-be-wrong.ts';
import { WRONG } from './testing/wrong/index.ts';

const ABLE: Behaviours = {
  survivesRestart: true,
  sharedBetweenInstances: true,
  writes: true,
  legacyDialect: true,
  idempotency: true,
  signIn: 'none',
};
const POWERS = { canRestart: true, hasSecret: true };
const READ_ONLY: Behaviours = { ...ABLE, writes: { process: true, fc: false } };
const REFUSED_WRITES = 'refused-write/';
/** What only a service where somebody signs in is asked. */
const SIGNED = /^(sign-in|token|accounts)\//;

function run(service: FakeService, only?: string[]): Promise<ContractResult[]> {
  return runContract(service.url, {
    behaviours: ABLE,
    target: 'process',
    restart: service.restart,
    timeout: 1_000,
    ...(only ? { only } : {}),
  });
}

function runSigned(
  service: FakeService,
  signIn: 'automatic' | 'accounts',
  only?: string[],
): Promise<ContractResult[]> {
  return runContract(service.url, {
    behaviours: { ...ABLE, signIn },
    target: 'process',
    restart: service.restart,
    secret: SECRET,
    timeout: 1_000,
    ...(only ? { only } : {}),
  });
}

function runReadOnly(service: FakeService, only?: string[]): Promise<ContractResult[]> {
  return runContract(service.url, {
    behaviours: READ_ONLY,
    target: 'fc',
    timeout: 1_000,
    ...(only ? { only } : {}),
  });
}

/** Todos that were there before, one more than a page. */
function furnish(service: FakeService): string {
  for (let index = 0; index < 11; index++) add(service.state, { name: `old ${index}` });
  return JSON.stringify(service.state.todos);
}

describe('against a service that does everything right', { timeout: 30_000 }, () => {
  it('passes every check that applies and leaves the todos as they were', async () => {
    await using service = await startFakeService(rightService());
    const before = furnish(service);
    const results = await run(service);
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(skipped(results)).toEqual(
      CHECKS.map(({ id }) => id).filter((id) => isRefusedWrite(id) || SIGNED.test(id)),
    );
    expect(JSON.stringify(service.state.todos)).toBe(before);
  });

  it.each(['automatic', 'accounts'] as const)(
    'passes every check that applies where somebody signs in: %s',
    async (signIn) => {
      await using service = await startFakeService(withSignIn(rightService(), signIn));
      const before = furnish(service);
      const results = await runSigned(service, signIn);
      expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      const without = signIn === 'automatic' ? /^(refused-write|accounts)\// : /^refused-write\//;
      expect(skipped(results)).toEqual(CHECKS.map(({ id }) => id).filter((id) => without.test(id)));
      expect(JSON.stringify(service.state.todos)).toBe(before);
    },
  );

  it('skips what needs the key when it is not told the key', async () => {
    await using service = await startFakeService(withSignIn(rightService(), 'automatic'));
    const behaviours = { ...ABLE, signIn: 'automatic' } as const;
    const only = ['token/expired', 'token/another-key'];
    const results = await runContract(service.url, { behaviours, target: 'process', only });
    expect(results.map(({ outcome }) => outcome)).toEqual(['skipped', 'passed']);
    expect(results[0]?.reason).toContain('is not known to the suite');
  });

  it('does not take a wrong key for a service that refuses everything', async () => {
    await using service = await startFakeService(withSignIn(rightService(), 'automatic'));
    const [result] = await runContract(service.url, {
      behaviours: { ...ABLE, signIn: 'automatic' },
      target: 'process',
      secret: 'AAAA',
      only: ['token/expired'],
    });
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result?.reason).toContain("is it the service's key?");
  });

  it('passes against an empty list', async () => {
    await using service = await startFakeService(rightService());
    expect((await run(service)).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it('passes beside somebody else who writes', async () => {
    await using service = await startFakeService(rightService());
    const other = setInterval(() => add(service.state, { name: 'somebody else' }), 20);
    try {
      expect((await run(service)).filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    } finally {
      clearInterval(other);
    }
  });

  it('checks that writes fail cleanly where they must fail, and skips the rest with a reason', async () => {
    await using service = await startFakeService(rightService({ writes: false }));
    const before = furnish(service);
    const results = await runReadOnly(service);
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(results.filter(({ id }) => isRefusedWrite(id)).map(({ outcome }) => outcome)).toEqual([
      'passed',
      'passed',
      'passed',
    ]);
    expect(results.find(({ id }) => id === 'create/is-listed')).toMatchObject({
      outcome: 'skipped',
      reason: 'by design a write fails on fc (behaviours.writes)',
    });
    expect(JSON.stringify(service.state.todos)).toBe(before);
  });
});

describe('against a service with a fault', () => {
  it.each(WRONG)('$check fails when the service $does', async ({ check, fault }) => {
    const refuses = isRefusedWrite(check);
    const signIn = check.startsWith('accounts/') ? 'accounts' : 'automatic';
    const right = rightService({ writes: !refuses });
    const isSigned = SIGNED.test(check);
    await using service = await startFakeService(
      isSigned ? withSignIn(right, signIn) : right,
      fault,
    );
    furnish(service);
    const [result] = isSigned
      ? await runSigned(service, signIn, [check])
      : await (refuses ? runReadOnly : run)(service, [check]);
    expect(result?.outcome).toBe('failed');
    // A stack would mean that the suite itself broke.
    expect(result?.reason).not.toMatch(/\n\s+at /);
  });

  it('has a fault for every check', () => {
    const proven = new Set(WRONG.map(({ check }) => check));
    expect(CHECKS.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([]);
  });

  it('removes what a refused request has left behind', async () => {
    const saves = WRONG.find(({ does }) => does === 'says 400 and saves it all the same');
    await using service = await startFakeService(rightService(), saves?.fault);
    const [result] = await run(service, ['create/refuses-no-name']);
    expect(result?.outcome).toBe('failed');
    expect(service.state.todos).toEqual([]);
  });
});

describe('the suite', () => {
  it('says so when it cannot remove what it made', async () => {
    const gone = instead(on('DELETE'), () => brokenPage());
    await using service = await startFakeService(rightService(), gone);
    const [result] = await run(service, ['create/is-listed']);
    expect(result?.outcome).toBe('failed');
    expect(result?.reason).toMatch(
      /^cleaning up: DELETE \/api\/rule: expected status 200, found 500/,
    );
  });

  it('has at least 40 checks with ids of their own', () => {
    expect(CHECKS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
    for (const { id } of CHECKS) expect(id).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
  });

  it('refuses a behaviour it does not know', () => {
    const behaviours = { ...ABLE, telepathy: true };
    expect(() => capabilities(behaviours, 'process', POWERS)).toThrow('behaviours.telepathy');
  });

  it('refuses a target of which the behaviours say nothing', () => {
    const behaviours = { ...ABLE, writes: { process: true } };
    expect(() => capabilities(behaviours, 'fc', POWERS)).toThrow(
      'behaviours.writes for target "fc"',
    );
  });

  it('refuses a check that needs an unknown capability', () => {
    const check = { id: 'x/y', title: '', needs: ['wings' as never], run: async () => {} };
    const able = capabilities(ABLE, 'process', POWERS);
    expect(() => missingCapability(check, able)).toThrow('x/y needs "wings"');
  });

  it('refuses an unknown check, an address that is none and a service that is not there', async () => {
    await using service = await startFakeService(rightService());
    const options = { behaviours: ABLE, target: 'process' } as const;
    await expect(run(service, ['no/such'])).rejects.toThrow('no check is called "no/such"');
    await expect(runContract('localhost:3001', options)).rejects.toThrow('is not an address');
    await expect(runContract('http://127.0.0.1:1', options)).rejects.toThrow('does not answer');
  });
});

function isRefusedWrite(id: string): boolean {
  return id.startsWith(REFUSED_WRITES);
}

function skipped(results: readonly ContractResult[]): string[] {
  return results.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id);
}
