import type { Cloud } from '../cloud.ts';
import { errorAnswer, lateError } from './errors.ts';
import { oversize, toEvent } from './event.ts';
import { INSTANCE_CAP, NAME, START_TIMEOUT_SECONDS } from './limits.ts';

/** How many bytes of chance are in a request's id. */
const CHANCE_BYTES = 6;

/** Alibaba Cloud Function Compute 3.0. */
export const FC: Cloud = {
  id: 'fc',
  name: NAME,
  ownDomain: '.fcapp.localhost',
  ownDomainDownloads: true,
  instanceCap: INSTANCE_CAP,
  startTimeout: START_TIMEOUT_SECONDS,
  requestIdHeader: 'x-fc-request-id',
  codeVariable: 'FC_FUNC_CODE_PATH',
  answers: {
    reserved: /^(connection|content-length|date|keep-alive|server|transfer-encoding|x-fc-.*)$/i,
    lists: false,
  },
  /** `1-`, the time in seconds and chance, in hexadecimal. */
  requestId(now, chance) {
    const hexadecimal = Array.from(chance.subarray(0, CHANCE_BYTES), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    return `1-${Math.floor(now / 1000).toString(16)}-${hexadecimal}`;
  },
  oversize,
  toEvent,
  lateError,
  errorAnswer,
  environment: (spec, { accountId, instance }) => ({
    TZ: 'UTC',
    FC_ACCOUNT_ID: accountId,
    FC_REGION: spec.region,
    FC_FUNCTION_NAME: spec.name,
    FC_FUNCTION_HANDLER: spec.handler,
    FC_FUNCTION_MEMORY_SIZE: String(spec.memory),
    FC_INSTANCE_ID: instance,
  }),
};
