import { describe, expect, it } from 'vitest';
import { findStage, readStages } from '../stages/catalogue.ts';
import type { Behaviours } from '../stages/schema.ts';
import { deploy } from '../targets/index.ts';
import { runContract } from './index.ts';
import type { ContractOptions } from './index.ts';
import { readApiDescription } from './openapi.ts';
import { startFakeService } from './testing/fake-service.ts';
import { rightService } from './testing/right-service.ts';
import { SECRET, withSignIn } from './testing/right-sign-in.ts';

const ABLE: Behaviours = {
  survivesRestart: true,
  sharedBetweenInstances: true,
  writes: true,
  legacyDialect: true,
  idempotency: true,
  signIn: 'none',
};
/** A service that is out of order is no part of the suite, but where a stage refuses writes by design. */
const OUT_OF_ORDER = /(?<!^(POST|PUT|DELETE) \/api\/rule) 503$/;
/** Answers that services give and the suite does not ask for: it tries bodies with POST, and accounts with good ones. */
const NOT_ASKED =
  /^(POST \/(user\/register|api\/login\/account|api\/logout) (400|403|413|415)|(PUT|DELETE) \/api\/rule (413|415)|POST \/api\/rule 404)$/;

const description = readApiDescription();

/** Runs the suite and says which documented answers came, and what came that is not documented. */
async function watch(
  url: string,
  options: Omit<ContractOptions, 'onExchange' | 'target'> & { target?: 'process' | 'fc' },
): Promise<{ seen: Set<string>; faults: Set<string> }> {
  const seen = new Set<string>();
  const faults = new Set<string>();
  await runContract(url, {
    target: 'process',
    ...options,
    onExchange(request, reply) {
      const { answer, fault } = description.judge(request, reply);
      if (answer !== undefined) seen.add(answer);
      if (fault !== undefined) faults.add(fault);
    },
  });
  return { seen, faults };
}

describe('the API’s document', { timeout: 60_000 }, () => {
  it('describes every answer that the suite gets, and none that it never gets', async () => {
    const seen = new Set<string>();
    for (const signIn of ['none', 'automatic', 'accounts', 'refused'] as const) {
      const right = rightService({ writes: signIn !== 'refused' });
      const handle =
        signIn === 'automatic' || signIn === 'accounts' ? withSignIn(right, signIn) : right;
      await using service = await startFakeService(handle);
      const result = await watch(service.url, {
        behaviours:
          signIn === 'refused'
            ? { ...ABLE, writes: { process: true, fc: false } }
            : { ...ABLE, signIn },
        ...(signIn === 'refused' && { target: 'fc' as const }),
        restart: service.restart,
        secret: SECRET,
        timeout: 1_000,
      });
      expect([...result.faults]).toEqual([]);
      for (const answer of result.seen) seen.add(answer);
    }
    const never = description.answers.filter(
      (answer) => !seen.has(answer) && !OUT_OF_ORDER.test(answer) && !NOT_ASKED.test(answer),
    );
    expect(never).toEqual([]);
  });

  it.each(['2', '4'])('describes every answer of stage %s', async (number) => {
    const stage = findStage(readStages(), number);
    const running = await deploy(stage, 'process', { port: 0 });
    try {
      const { seen, faults } = await watch(running.url, { behaviours: stage.behaviours });
      expect([...faults]).toEqual([]);
      expect(seen).toContain('POST /api/rule 201');
    } finally {
      await running.close();
    }
  });

  it('finds an answer that it does not describe', () => {
    const request = { method: 'GET', path: '/api/rule?current=1' };
    const reply = (status: number, text: string) => ({ what: '', status, headers: {}, text });
    expect(description.judge(request, reply(418, '{}')).fault).toMatch(/418 is not described/);
    expect(description.judge(request, reply(200, '{"data":[]}')).fault).toMatch(/total/);
    expect(description.judge(request, reply(200, 'no JSON')).fault).toMatch(/must be object/);
    expect(description.judge({ ...request, path: '/page.css' }, reply(200, ''))).toEqual({});
  });
});
