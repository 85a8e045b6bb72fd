import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';

const MANIFEST = `
edition: 3.0.0
name: todo
vars:
  region: cn-hangzhou
  timeout: 20
resources:
  web:
    component: fc3
    props:
      region: \${vars.region}
      functionName: todo-web
      runtime: nodejs20
      handler: index-faas.handler
      code: ./dist
      timeout: \${vars.timeout}
      environmentVariables: { RETRIES: 3, OWNER: "\${env('OWNER', 'nobody')}" }
      instanceLifecycleConfig:
        initializer: { handler: index-faas.initialize, timeout: 10 }
      triggers:
        - triggerName: http
          triggerType: http
          triggerConfig: { authType: anonymous, methods: [GET, POST] }
  domain:
    component: fc3-domain
    props:
      region: \${vars.region}
      domainName: auto
      protocol: HTTP
      routeConfig:
        routes:
          - path: /*
            functionName: \${resources.web.props.functionName}
`;

/** The message for the manifest with one line changed. */
const fault = (line: string, changed: string): string => {
  const text = MANIFEST.replace(line, changed);
  expect(text).not.toBe(MANIFEST);
  try {
    parseManifest(text, 's.yaml');
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join('\n').trim();
  }
  throw new Error('no fault was found');
};

describe('a manifest', () => {
  it('gives functions with the defaults of Function Compute, and the routes of its domains', () => {
    expect(parseManifest(MANIFEST, 's.yaml', { OWNER: 'ada' })).toEqual({
      functions: [
        {
          id: 'web',
          name: 'todo-web',
          region: 'cn-hangzhou',
          runtime: 'nodejs20',
          handler: 'index-faas.handler',
          code: './dist',
          timeout: 20,
          memory: 512,
          environment: { RETRIES: '3', OWNER: 'ada' },
          initializer: { handler: 'index-faas.initialize', timeout: 10 },
          methods: ['GET', 'POST'],
        },
      ],
      domains: [{ name: 'auto', routes: [{ path: '/*', functionName: 'todo-web' }] }],
    });
  });

  it('takes the default of an environment variable that is not set', () => {
    expect(parseManifest(MANIFEST, 's.yaml').functions[0]?.environment['OWNER']).toBe('nobody');
  });

  it.each([
    ['timeout: ${vars.timeout}', 'timeout: 0', 'resources.web.props.timeout'],
    ['timeout: ${vars.timeout}', 'timeout: soon', 'found "soon"'],
    ['timeout: ${vars.timeout}', 'memorySize: 500', 'resources.web.props.memorySize'],
    ['timeout: ${vars.timeout}', 'timout: 3', 'Unrecognized key: "timout"'],
    [
      'timeout: ${vars.timeout}',
      'instanceConcurrency: 20',
      'a built-in runtime takes one request at a time',
    ],
    ['runtime: nodejs20', 'runtime: python3', 'resources.web.props.runtime'],
    ['handler: index-faas.handler', 'handler: handler', 'a file and the name that it exports'],
    ['component: fc3-domain', 'component: fc9', 'resources.domain.component'],
    ['- path: /*', '- path: /*/x', 'a path that starts with / and may end in *'],
    [
      'functionName: ${resources.web.props.functionName}',
      'functionName: tod',
      'expected one of todo-web, found "tod"',
    ],
    [
      'region: ${vars.region}',
      'region: ${vars.regoin}',
      'resources.web.props.region: ${vars.regoin} has no value',
    ],
  ])('with "%s" turned into "%s" is told by the field', (line, changed, expected) => {
    expect(fault(line, changed)).toContain(expected);
  });

  it('that is no YAML is told by its line', () => {
    expect(fault('edition: 3.0.0', 'edition: [3.0.0')).toContain('line');
  });
});
