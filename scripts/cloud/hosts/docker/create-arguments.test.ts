import { expect, it } from 'vitest';
import { containerPort, createCall, hasHealthcheck } from './create-arguments.ts';

const container = {
  name: 'web-1',
  image: 'todo:1',
  config: { ExposedPorts: { '8080/tcp': {} }, Healthcheck: { Test: ['CMD', 'true'] } },
  labels: { stage: '05-docker' },
  environment: {},
};

it('a container can write /tmp alone, gain nothing, and be reached from this machine alone', () => {
  const line = createCall(container).words.join(' ');
  expect(line).toContain('--read-only --tmpfs /tmp:rw,noexec,nosuid,size=64m');
  expect(line).toContain('--cap-drop ALL --security-opt no-new-privileges');
  expect(line).toContain('--publish 127.0.0.1::8080');
  expect(line).toContain('--env PORT=8080');
  expect(line.endsWith(' todo:1')).toBe(true);
});

it('a port that is asked for is this machine’s: inside, the program keeps the one of its image', () => {
  const { words } = createCall({ ...container, environment: { PORT: '3001' } });
  expect(words).toContain('127.0.0.1:3001:8080');
  expect(words).toContain('PORT=8080');
});

it('values are handed on where no process list shows them, but for names that docker itself obeys', () => {
  const { words, environment } = createCall({
    ...container,
    environment: { JWT_SECRET: 'hush', PATH: '/bin', DOCKER_HOST: 'x' },
  });
  expect(words.join(' ')).not.toContain('hush');
  expect(words).toEqual(expect.arrayContaining(['JWT_SECRET', 'PATH=/bin', 'DOCKER_HOST=x']));
  expect(environment).toEqual({ JWT_SECRET: 'hush' });
});

it('health is asked for every second, where the image says how', () => {
  expect(createCall(container).words).toContain('--health-interval');
  expect(createCall({ ...container, config: {} }).words).not.toContain('--health-interval');
  expect(hasHealthcheck({ Healthcheck: { Test: ['NONE'] } })).toBe(false);
});

it('an image that exposes nothing is taken to listen where the stages do', () => {
  expect(containerPort({})).toBe(3001);
  expect(containerPort({ ExposedPorts: null })).toBe(3001);
});
