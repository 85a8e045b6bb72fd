import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { RawRequest, Reply } from './client.ts';

const FILE = fileURLToPath(new URL('openapi.yaml', import.meta.url));

interface Answer {
  readonly $ref?: string;
  readonly content?: { readonly 'application/json'?: { readonly schema: object } };
}

/** What is read of the document: https://spec.openapis.org/oas/v3.1.1 */
interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly responses: Readonly<Record<string, Answer>> }>>
    >
  >;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}

export interface ApiDescription {
  /** Every documented answer: `POST /api/rule 201`. */
  readonly answers: readonly string[];
  /**
   * What an exchange is in the document, or why it is not in it.
   *
   * @example description.judge(request, reply) // { answer: 'POST /api/rule 201' }
   */
  judge(request: RawRequest, reply: Reply): { readonly answer?: string; readonly fault?: string };
}

/** The statuses of every address there is and is not: they are the service's, not an operation's. */
const EVERYWHERE = new Set([404, 405, 431]);

/**
 * The API's OpenAPI document, ready to judge what a service answers.
 *
 * @example readApiDescription().answers.includes('POST /api/rule 201') // true
 */
export function readApiDescription(file = FILE): ApiDescription {
  const document = parse(readFileSync(file, 'utf8')) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.keys(responses).map((status) => ({ path, method, status })),
    ),
  );
  const pointerTo = (path: string, method: string, status: string): string => {
    const answer = document.paths[path]?.[method]?.responses[status];
    const place =
      answer?.$ref ?? `#/paths/${path.replaceAll('/', '~1')}/${method}/responses/${status}`;
    return `openapi${place}/content/application~1json/schema`;
  };
  return {
    answers: operations.map(({ path, method, status }) => nameOf(method, path, status)),
    judge(request, reply) {
      const path = (request.path.split('?')[0] ?? '').replace(/(?<=.)\/$/, '');
      const method = request.method.toLowerCase();
      const methods = Object.hasOwn(document.paths, path) ? document.paths[path] : undefined;
      // A page's files are no part of the API, and HEAD and OPTIONS are HTTP's own.
      if (!methods || method === 'head' || method === 'options') return {};
      const operation = Object.hasOwn(methods, method) ? methods[method] : undefined;
      const answer = nameOf(method, path, String(reply.status));
      if (!operation?.responses[String(reply.status)]) {
        return EVERYWHERE.has(reply.status) ? {} : { fault: `${answer} is not described` };
      }
      const validate = ajv.getSchema(pointerTo(path, method, String(reply.status)));
      if (!validate) return { fault: `${answer} has no schema` };
      return validate(parseJson(reply.text)) === true
        ? { answer }
        : { answer, fault: `${answer}: ${ajv.errorsText(validate.errors)}: ${reply.text}` };
    },
  };
}

function nameOf(method: string, path: string, status: string): string {
  return `${method.toUpperCase()} ${path} ${status}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
