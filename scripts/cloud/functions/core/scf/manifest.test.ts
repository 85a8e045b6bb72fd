import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';

const MANIFEST = `
component: scf
name: todo
inputs:
  src: ./dist/scf
  handler: index.main_handler
  runtime: Nodejs20.19
  region: \${env:REGION}
  memorySize: 256
  timeout: 10
  environment:
    variables: { RETRIES: 3, OWNER: "\${env.OWNER} of \${name}" }
  events:
    - http:
        parameters:
          netConfig: { enableExtranet: true }
          authType: NONE
`;

const ENVIRONMENT = { REGION: 'ap-guangzhou', OWNER: 'ada' };

/** The message for the manifest with one line changed. */
const fault = (line: string, changed: string, environment = ENVIRONMENT): string => {
  const text = MANIFEST.replace(line, changed);
  try {
    parseManifest(text, 'serverless.yml', environment);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join('\n').trim();
  }
  throw new Error('no fault was found');
};

describe('a manifest of Serverless Cloud Framework', () => {
  it('gives its function, which the function URL reaches at every path', () => {
    expect(parseManifest(MANIFEST, 'serverless.yml', ENVIRONMENT)).toEqual({
      functions: [
        {
          id: 'todo',
          name: 'todo-dev-todo',
          region: 'ap-guangzhou',
          runtime: 'Nodejs20.19',
          handler: 'index.main_handler',
          code: './dist/scf',
          timeout: 10,
          memory: 256,
          environment: { RETRIES: '3', OWNER: 'ada of todo' },
          startTimeout: 65,
          methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
        },
      ],
      domains: [{ name: 'function-url', routes: [{ path: '/*', functionName: 'todo-dev-todo' }] }],
    });
  });

  it('has the defaults of the cloud, and a name made of its own names', () => {
    const text = MANIFEST.replace('name: todo', 'name: todo\napp: course\nstage: prod')
      .replace('  memorySize: 256\n  timeout: 10\n', '')
      .replace('  handler: index.main_handler\n', '')
      .replace('./dist/scf', '{ src: ./dist/scf, exclude: [x] }');
    expect(parseManifest(text, 'serverless.yml', ENVIRONMENT).functions[0]).toMatchObject({
      name: 'todo-prod-course',
      handler: 'index.main_handler',
      code: './dist/scf',
      memory: 128,
      timeout: 3,
    });
  });

  it('without a function URL reaches nobody', () => {
    const text = MANIFEST.slice(0, MANIFEST.indexOf('  events:'));
    const { domains, functions } = parseManifest(text, 'serverless.yml', ENVIRONMENT);
    expect([domains, functions[0]?.methods]).toEqual([[], undefined]);
  });

  it.each([
    ['timeout: 10', 'timeout: 901', 'inputs.timeout'],
    ['timeout: 10', 'timout: 10', 'Unrecognized key: "timout"'],
    ['memorySize: 256', 'memorySize: 200', '64, or 128 to 3072 in steps of 128'],
    ['runtime: Nodejs20.19', 'runtime: nodejs20', 'inputs.runtime'],
    ['handler: index.main_handler', 'handler: main', 'a file and the name that it exports'],
    ['handler: index', 'type: web\n  handler: index', 'functions with a server of their own'],
    ['authType: NONE', 'authType: CAM', 'signed requests (CAM) are not emulated'],
    ['enableExtranet: true', 'enableExtranet: false', 'else nobody outside can ask'],
    ['- http:', '- apigw:', 'inputs.events.0'],
    ['component: scf', 'component: fc3', 'component'],
    ['RETRIES: 3', '_RETRIES: 3', 'each name has 2 to 64 letters'],
    ['RETRIES: 3', `RETRIES: ${'x'.repeat(4_096)}`, 'at most 4096 bytes together'],
    ['${env:REGION}', '${env:REGOIN}', 'inputs.region: ${env:REGOIN} has no value'],
  ])('with "%s" turned into "%s" is told by the field', (line, changed, expected) => {
    expect(fault(line, changed)).toContain(expected);
  });
});
