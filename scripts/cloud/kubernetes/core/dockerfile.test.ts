import { describe, expect, it } from 'vitest';
import { parseDockerfile } from './dockerfile.ts';
import { argumentsOf, portOf, startOf } from './program.ts';

describe('a Dockerfile', () => {
  it('says what its last stage starts, with what it has from the stages below', () => {
    const text = `
# syntax=docker/dockerfile:1
ARG NODE_IMAGE=node:24-slim
FROM \${NODE_IMAGE} AS build
WORKDIR /build
RUN npm ci \\
    --omit=dev && \\
    echo "CMD [nobody]"

FROM \${NODE_IMAGE} AS base
WORKDIR /app
ENV NODE_ENV=production PORT=3001 GREETING="hello world"

FROM base
ARG VERSION=1
ENV VERSION=\${VERSION}
COPY --from=build /build/node_modules ./node_modules
USER node
EXPOSE 3001/tcp
HEALTHCHECK --interval=10s CMD ["node", "health.ts"]
ENTRYPOINT ["node"]
CMD ["index.ts"]
`;
    expect(parseDockerfile(text)).toEqual({
      workdir: '/app',
      environment: { NODE_ENV: 'production', PORT: '3001', GREETING: 'hello world', VERSION: '1' },
      user: 'node',
      entrypoint: ['node'],
      command: ['index.ts'],
      ports: [3001],
      ignored: ['HEALTHCHECK'],
    });
  });

  it('may write commands for a shell, old environment lines and relative folders', () => {
    const text = 'FROM node\nWORKDIR /srv\nWORKDIR app\nENV NAME some words\nCMD node index.ts';
    expect(parseDockerfile(text)).toMatchObject({
      workdir: '/srv/app',
      environment: { NAME: 'some words' },
      command: ['/bin/sh', '-c', 'node index.ts'],
    });
  });

  it('an ENTRYPOINT resets the CMD of the stage below', () => {
    const text = 'FROM node AS base\nCMD ["a"]\nFROM base\nENTRYPOINT ["b"]';
    expect(parseDockerfile(text)).toMatchObject({ entrypoint: ['b'], command: [] });
  });

  it.each([
    ['RUN true', 'line 1: RUN before the first FROM'],
    ['', 'no FROM'],
  ])('that is none is refused: %j', (text, message) => {
    expect(() => parseDockerfile(text)).toThrow(message);
  });
});

describe('what a container starts', () => {
  const image = parseDockerfile('FROM node\nEXPOSE 8080\nENTRYPOINT ["node"]\nCMD ["index.ts"]');

  it('is ENTRYPOINT and CMD; args replace CMD, command replaces both', () => {
    expect(argumentsOf(image, [], [])).toEqual(['node', 'index.ts']);
    expect(argumentsOf(image, [], ['other.ts'])).toEqual(['node', 'other.ts']);
    expect(argumentsOf(image, ['sleep'], [])).toEqual(['sleep']);
    expect(argumentsOf(image, ['sleep'], ['5'])).toEqual(['sleep', '5']);
  });

  it('is a Node program, also with flags that change nothing', () => {
    expect(startOf(['node', '--enable-source-maps', 'index.ts', '--x'])).toEqual({
      node: true,
      entry: 'index.ts',
      arguments: ['--x'],
    });
    expect(startOf(['/usr/local/bin/node', 'a.js'])).toMatchObject({ node: true, entry: 'a.js' });
    expect(startOf(['node', '--inspect', 'a.js'])).toMatchObject({ node: false });
    expect(startOf(['sh', '-c', 'exit 1'])).toMatchObject({ node: false });
    expect(startOf(['node'])).toMatchObject({ node: false });
  });

  it('listens where PORT says, else on the container’s port, else on the image’s', () => {
    const ports = [{ containerPort: 3001 }];
    expect(portOf({ name: 'a', ports }, image, { PORT: '4000' })).toBe(4000);
    expect(portOf({ name: 'a', ports }, image, {})).toBe(3001);
    expect(portOf({ name: 'a' }, image, {})).toBe(8080);
  });
});
