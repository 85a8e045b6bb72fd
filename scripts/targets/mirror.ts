import type { Docker } from '../cloud/hosts/docker/index.ts';
import { Failure } from '../shared/failure.ts';

/** The registry of a name that names none. */
const HUB = 'docker.io';

/**
 * What an image may be called at a mirror, likeliest first: with its registry in the path, as a mirror of many
 * registries has it, and without, as a mirror of one.
 *
 * @example mirroredNames('node:24', 'm.example.com') // ['m.example.com/docker.io/library/node:24', 'm.example.com/library/node:24']
 */
export function mirroredNames(image: string, mirror: string): string[] {
  const { registry, path, digest, tag } = parts(image);
  // A digest says all; both together not every registry takes.
  const version = digest ? `@${digest}` : `:${tag}`;
  return [`${mirror}/${registry}/${path}${version}`, `${mirror}/${path}${version}`];
}

/**
 * The name by which an image that came from a mirror is found: without its digest, which only a registry gives.
 *
 * @example localName('kindest/node:v1.37.0@sha256:a1ed56') // 'kindest/node:v1.37.0'
 */
export function localName(image: string): string {
  return image.replace(/@.*$/, '');
}

/**
 * Pulls an image through a mirror and gives it its own name. Answers with the name that the mirror had it under.
 *
 * @example await pullThrough(docker, 'node:24', 'm.example.com') // 'm.example.com/docker.io/library/node:24'
 */
export async function pullThrough(docker: Docker, image: string, mirror: string): Promise<string> {
  const said: string[] = [];
  for (const name of mirroredNames(image, mirror)) {
    try {
      await docker.run(['pull', name]);
      await docker.run(['tag', name, localName(image)]);
      // One name is enough: what is left is the image itself.
      await docker.run(['image', 'rm', '--no-prune', name]).catch(() => undefined);
      return name;
    } catch (error) {
      const { code, message } = error as Failure;
      if (code !== 'E_DOCKER') throw error;
      said.push(`${name}: ${message.split('\n').at(-1)}`);
    }
  }
  throw new Failure(
    'E_IMAGE_MIRROR',
    `${mirror} does not have ${image}. Try another mirror:\n  ${said.join('\n  ')}`,
  );
}

function parts(image: string): { registry: string; path: string; tag: string; digest?: string } {
  const [named = '', digest] = image.split('@');
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const [name, tag] = colon < 0 ? [rest, 'latest'] : [rest.slice(0, colon), rest.slice(colon + 1)];
  return {
    registry: hasRegistry ? first : HUB,
    path: hasRegistry || name.includes('/') ? name : `library/${name}`,
    tag,
    ...(digest !== undefined && { digest }),
  };
}
