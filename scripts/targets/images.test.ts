import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Docker } from '../cloud/hosts/docker/index.ts';
import { Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import { localName, mirroredNames, pullThrough } from './mirror.ts';
import { baseImages, manifestImages, neededImages } from './needed-images.ts';

describe('the images that stages need', () => {
  it('are what a Dockerfile begins with, and not what it makes on the way', () => {
    const dockerfile = `# FROM nothing:1
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
ARG OTHER=busybox:1
FROM --platform=linux/amd64 \${NODE_IMAGE} AS packages
ARG NODE_IMAGE=late:1
FROM packages AS test
FROM $OTHER
from scratch
COPY --from=packages /a /a`;
    expect(baseImages(dockerfile)).toEqual(['node:24.21.0-bookworm-slim', 'busybox:1']);
  });

  it('are what manifests name, however they are written', () => {
    const manifest = `image: a:1\n  - image: "b:2"\ncontainers: [{ name: x, image: 'c:3' }]\nimagePullPolicy: Never`;
    expect(manifestImages(manifest)).toEqual(['a:1', 'b:2', 'c:3']);
  });

  it('are named once, with every reason, and without those that are built from the stage', () => {
    const directory = join(import.meta.dirname, 'fixtures', 'image');
    const stage = {
      ...{ id: '91-fixture', directory },
      targets: {
        docker: { dockerfile: 'Dockerfile' },
        cluster: {
          ...{ manifests: ['k8s'], service: 'todo' },
          images: { 'serverless-evolution/91-fixture:k8s': 'Dockerfile' },
        },
      },
    } as unknown as Stage;
    const images = neededImages([stage, { ...stage, id: '92-fixture' }]);
    expect(images.map(({ image }) => localName(image))).toEqual([
      'node:24-bookworm-slim',
      expect.stringMatching(/^kindest\/node:v/),
    ]);
    expect(images[0]?.why).toEqual([
      'base of 91-fixture/Dockerfile',
      'base of 92-fixture/Dockerfile',
    ]);
    const targets = { ...stage.targets, knative: stage.targets.cluster };
    const onKnative = neededImages([{ ...stage, targets }] as Stage[]);
    expect(onKnative.map(({ image }) => image)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/\/serving\/cmd\/activator:v/),
        expect.stringMatching(/\/serving\/cmd\/queue:v/),
        expect.stringMatching(/\/envoy:v/),
      ]),
    );
  });
});

describe('an image at a mirror', () => {
  it.each([
    ['node:24', 'docker.io/library/node:24'],
    ['node', 'docker.io/library/node:latest'],
    ['kindest/node:v1.37.0@sha256:a1', 'docker.io/kindest/node@sha256:a1'],
    ['gcr.io/knative-releases/a/b@sha256:c2', 'gcr.io/knative-releases/a/b@sha256:c2'],
    ['localhost:5000/a:1', 'localhost:5000/a:1'],
  ])('%s is asked for as %s first', (image, name) => {
    expect(mirroredNames(image, 'm.example.com')[0]).toBe(`m.example.com/${name}`);
  });

  it('is asked for without its registry next', () => {
    expect(mirroredNames('node:24', 'm.example.com')[1]).toBe('m.example.com/library/node:24');
  });

  it('gets its own name, and loses the mirror’s', async () => {
    const calls: string[] = [];
    const docker = dockerThat((line) => {
      calls.push(line);
      return !line.startsWith('pull m.example.com/docker.io/');
    });
    await pullThrough(docker, 'kindest/node:v1.37.0@sha256:a1', 'm.example.com');
    expect(calls).toEqual([
      'pull m.example.com/docker.io/kindest/node@sha256:a1',
      'pull m.example.com/kindest/node@sha256:a1',
      'tag m.example.com/kindest/node@sha256:a1 kindest/node:v1.37.0',
      'image rm --no-prune m.example.com/kindest/node@sha256:a1',
    ]);
  });

  it('that the mirror does not have is told with what was asked', async () => {
    const attempt = pullThrough(
      dockerThat(() => false),
      'node:24',
      'm.example.com',
    );
    await expect(attempt).rejects.toMatchObject({
      code: 'E_IMAGE_MIRROR',
      message: expect.stringContaining('m.example.com/library/node:24: manifest unknown'),
    });
  });
});

function dockerThat(succeeds: (line: string) => boolean): Docker {
  return {
    run: async (words) => {
      if (succeeds(words.join(' '))) return '';
      throw new Failure('E_DOCKER', '"docker pull" failed:\nmanifest unknown');
    },
    start: () => {
      throw new Error('nothing goes on here');
    },
  };
}
