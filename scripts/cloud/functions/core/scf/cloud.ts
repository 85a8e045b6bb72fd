import type { Cloud } from '../cloud.ts';
import { errorAnswer, lateError } from './errors.ts';
import { oversize, toEvent } from './event.ts';
import { INIT_TIMEOUT_SECONDS, INSTANCE_CAP, MAX_PAYLOAD_BYTES, NAME } from './limits.ts';

/** Tencent Cloud Serverless Cloud Function with a function URL. */
export const SCF: Cloud = {
  id: 'scf',
  name: NAME,
  ownDomain: '.tencentscf.localhost',
  ownDomainDownloads: false,
  instanceCap: INSTANCE_CAP,
  startTimeout: INIT_TIMEOUT_SECONDS.default,
  requestIdHeader: 'x-scf-request-id',
  codeVariable: 'USER_CODE_ROOT',
  answers: {
    reserved: /^(connection|content-length|date|keep-alive|server|transfer-encoding|x-scf-.*)$/i,
    lists: true,
    most: MAX_PAYLOAD_BYTES,
  },
  requestId: (_now, chance) => uuid(chance),
  oversize,
  toEvent,
  lateError,
  errorAnswer,
  environment: (spec, { accountId }) => ({
    TZ: 'UTC',
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: spec.region,
    TENCENTCLOUD_APPID: accountId,
    TENCENTCLOUD_TZ: 'UTC',
    SCF_NAMESPACE: 'default',
    SCF_FUNCTIONNAME: spec.name,
    SCF_FUNCTIONVERSION: '$LATEST',
  }),
};

/** A random UUID (RFC 9562, version 4) from 16 bytes of chance. */
function uuid(chance: Uint8Array): string {
  const bytes = Uint8Array.from(chance);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hexadecimal = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hexadecimal.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
