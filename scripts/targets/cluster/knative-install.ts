import { KOURIER, SERVING } from './knative-here.ts';

/** Supports Kubernetes 1.34 and newer: https://github.com/knative/serving/releases */
const VERSION = 'v1.23.0';
const REGISTRY = 'gcr.io/knative-releases/knative.dev';

/** Where the files of a release are. */
const SERVING_FILES = `https://github.com/knative/serving/releases/download/knative-${VERSION}`;
const KOURIER_FILE = `https://github.com/knative-extensions/net-kourier/releases/download/knative-${VERSION}/kourier.yaml`;

/** What runs in a cluster that has Knative Serving and Kourier, and in each pod of a revision (queue). */
export const KNATIVE_IMAGES: readonly (readonly [image: string, why: string])[] = [
  ...['activator', 'autoscaler', 'controller', 'webhook', 'queue'].map(
    (name) => [`${REGISTRY}/serving/cmd/${name}:${VERSION}`, `Knative Serving ${VERSION}`] as const,
  ),
  [`${REGISTRY}/net-kourier/cmd/kourier:${VERSION}`, `Kourier ${VERSION}, its controller`],
  ['docker.io/envoyproxy/envoy:v1.37-latest', `Kourier ${VERSION}, its gateway`],
];

/** By its version in the place of its digest: so the image is found that came from a mirror. */
const BY_VERSION = `sed -E "s#(knative-releases/[^@]+)@sha256:[0-9a-f]+#\\1:${VERSION}#"`;

/**
 * The commands that bring Knative into a cluster of kind's, each to be copied. With a mirror's host the images come
 * from there and are named by their version, since a digest is known to a registry alone.
 *
 * @example knativeCommands().join('\n')
 */
export function knativeCommands(mirror?: string): string[] {
  const apply = (url: string): string =>
    mirror === undefined
      ? `kubectl apply -f ${url}`
      : `curl -fsSL ${url} | ${BY_VERSION} | kubectl apply -f -`;
  const ingress = '{"data":{"ingress-class":"kourier.ingress.networking.knative.dev"}}';
  return [
    ...(mirror === undefined
      ? ['kind create cluster']
      : [
          `npm run -s stage -- images 7 --mirror ${mirror}`,
          'kind create cluster --image kindest/node:v1.37.0',
          `kind load docker-image ${KNATIVE_IMAGES.map(([image]) => image).join(' ')}`,
        ]),
    apply(`${SERVING_FILES}/serving-crds.yaml`),
    'kubectl wait --for=condition=Established --all crd --timeout=60s',
    apply(`${SERVING_FILES}/serving-core.yaml`),
    apply(KOURIER_FILE),
    `kubectl patch configmap/config-network --namespace ${SERVING} --type merge --patch '${ingress}'`,
    `kubectl wait --for=condition=Available --all deployment --namespace ${SERVING} --timeout=300s`,
    `kubectl wait --for=condition=Available --all deployment --namespace ${KOURIER} --timeout=300s`,
  ];
}
