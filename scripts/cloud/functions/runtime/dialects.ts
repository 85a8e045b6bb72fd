import type { CloudId } from '../core/cloud.ts';
import type { FunctionContext } from './protocol.ts';

/** How a cloud's runtime calls a handler: what it makes of an event and of what is known of the call. */
export interface Dialect {
  event(bytes: Buffer): unknown;
  context(call: FunctionContext): object;
}

type Level = 'debug' | 'info' | 'warn' | 'error';

const SECOND_MS = 1_000;

/** A handler of Function Compute is given bytes, one of Serverless Cloud Function an object. */
export const DIALECTS: Readonly<Record<CloudId, Dialect>> = {
  fc: {
    event: (bytes) => bytes,
    context: (call) => ({ ...call, logger: createLogger(call.requestId) }),
  },
  scf: {
    event: (bytes) => JSON.parse(bytes.toString()) as unknown,
    context: toScfContext,
  },
};

/**
 * The dialect that a runtime was started with; Function Compute's where none is named.
 *
 * @example dialectOf(process.argv[6])
 */
export function dialectOf(cloud: string | undefined): Dialect {
  return cloud === 'scf' ? DIALECTS.scf : DIALECTS.fc;
}

/** Source: cloud.tencent.com/document/product/583/9210 */
function toScfContext({ requestId, function: called, region, accountId }: FunctionContext): object {
  const namespace = 'default';
  return {
    // Read by nobody here: an answer never waits for an empty event loop.
    callbackWaitsForEmptyEventLoop: true,
    memory_limit_in_mb: called.memory,
    time_limit_in_ms: called.timeout * SECOND_MS,
    request_id: requestId,
    environment: JSON.stringify({ SCF_NAMESPACE: namespace }),
    environ: `SCF_NAMESPACE=${namespace}`,
    function_version: '$LATEST',
    function_name: called.name,
    namespace,
    tencentcloud_region: region,
    tencentcloud_appid: accountId,
    tencentcloud_uin: accountId,
  };
}

function createLogger(requestId: string): Record<Level | 'log', (...parts: unknown[]) => void> {
  const write =
    (level: Level) =>
    (...parts: unknown[]): void =>
      console.log(new Date().toISOString(), requestId, `[${level}]`, ...parts);
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    log: write('info'),
  };
}
