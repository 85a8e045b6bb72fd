// One request as either cloud writes it down: after the starter nobody can tell which it was.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { FcStarter } from '../src/starter/fc-starter.ts';
import type { HttpAnswer, HttpEvent } from '../src/starter/http-starter.ts';
import { type ScfEvent, ScfStarter } from '../src/starter/scf-starter.ts';

/** dist/app/tests -> the stage's own tests: JSON is not compiled. */
const EVENTS = path.join(__dirname, '..', '..', '..', 'tests', 'events');
const read = (name: string): Buffer => readFileSync(path.join(EVENTS, name));

const ANSWER: HttpAnswer = { statusCode: 201, headers: {}, body: Buffer.from('{}') };
const OPTIONS = { appDir: __dirname, imports: [] };

/** What Midway would be handed; it is not started here. */
function seenBy(starter: FcStarter | ScfStarter): HttpEvent[] {
  const seen: HttpEvent[] = [];
  Object.assign(starter, {
    answer: async (event: HttpEvent) => {
      seen.push(event);
      return ANSWER;
    },
  });
  return seen;
}

/** Headers that every platform adds as it likes. */
const OF_THE_PLATFORM = new Set(['host', 'user-agent', 'x-scf-remote-addr']);

function comparable({ headers, body, ...event }: HttpEvent): object {
  const own = Object.entries(headers).filter(([name]) => !OF_THE_PLATFORM.has(name));
  return {
    ...event,
    headers: Object.fromEntries(own),
    body: Buffer.isBuffer(body) ? body.toString() : body,
  };
}

it('the events of both clouds become the same request', async () => {
  const [fc, scf] = [new FcStarter(), new ScfStarter()];
  const seen = [seenBy(fc), seenBy(scf)];
  await fc.open(OPTIONS).handler(read('fc.json'), {});
  await scf.open(OPTIONS).main_handler(JSON.parse(read('scf.json').toString()) as ScfEvent, {});
  const [ofFc, ofScf] = seen.map(([event]) => event && comparable(event));
  assert.deepEqual(ofFc, ofScf);
  assert.deepEqual(ofFc, {
    httpMethod: 'POST',
    path: '/api/rule',
    queryParameters: { name: '牛奶', status: '1,2' },
    clientIP: '203.0.113.7',
    headers: {
      'content-type': 'application/json',
      cookie: 'token=eyJhbGciOi',
      'x-forwarded-proto': 'https',
    },
    body: '{"name":"Buy milk"}',
  });
});
