/** What of a kubeconfig decides which cluster is used; a part of `kubectl config view --output json`. */
export interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?:
    | readonly { readonly name: string; readonly context: { readonly cluster: string } }[]
    | null;
  readonly clusters?:
    | readonly { readonly name: string; readonly cluster: { readonly server?: string } }[]
    | null;
}

/** Whose tool made a cluster, which decides how it gets an image; `other`: one that was named on purpose. */
export type ClusterKind = 'kind' | 'minikube' | 'k3d' | 'docker-desktop' | 'colima' | 'other';

export interface ClusterContext {
  readonly name: string;
  readonly kind: ClusterKind;
}

export type Choice = ClusterContext | { readonly refused: string; readonly remedy: string };

/** The variable by which a reader names a context on purpose. */
export const CONTEXT_VARIABLE = 'CLUSTER_CONTEXT';

/** What the tools for clusters on one's own machine call their contexts. */
const LOCAL: readonly (readonly [ClusterKind, RegExp])[] = [
  ['kind', /^kind-/],
  ['minikube', /^minikube$/],
  ['k3d', /^k3d-/],
  ['docker-desktop', /^docker-desktop$/],
  ['colima', /^colima(-.+)?$/],
];

/** A name proves nothing: the server has to be here too, or on a virtual machine's private address. */
const PRIVATE_SERVER =
  /^(localhost|host\.docker\.internal|kubernetes\.docker\.internal|0\.0\.0\.0|\[::1\]|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+)$/;

const GET_ONE =
  'Get a cluster on this machine, such as kind (https://kind.sigs.k8s.io): kind create cluster';

/**
 * Chooses the cluster that a stage may be applied to: the one that was named on purpose, or else one that
 * is known to be on this machine, the current one first. Never another.
 *
 * @example chooseContext(config, undefined) // { name: 'kind-kind', kind: 'kind' }
 */
export function chooseContext(config: Kubeconfig, named: string | undefined): Choice {
  const contexts = config.contexts ?? [];
  if (named) {
    if (contexts.some(({ name }) => name === named)) return { name: named, kind: kindOf(named) };
    const known = contexts.map(({ name }) => name).join(', ') || 'none';
    return {
      refused: `no context is called "${named}"`,
      remedy: `Name one of kubectl's: ${known}.`,
    };
  }
  const current = config['current-context'] ?? '';
  const local = contexts.filter(({ name, context }) => {
    const server = config.clusters?.find((cluster) => cluster.name === context.cluster)?.cluster
      .server;
    return kindOf(name) !== 'other' && isPrivate(server);
  });
  const chosen = local.find(({ name }) => name === current) ?? local[0];
  if (chosen) return { name: chosen.name, kind: kindOf(chosen.name) };
  if (!current) return { refused: 'no Kubernetes cluster here', remedy: GET_ONE };
  return {
    refused: `kubectl's context "${current}" is not known to be a cluster on this machine`,
    remedy: `${GET_ONE}. Or name it on purpose: ${CONTEXT_VARIABLE}=${current}`,
  };
}

function kindOf(name: string): ClusterKind {
  return LOCAL.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

function isPrivate(server: string | undefined): boolean {
  return (
    server !== undefined && URL.canParse(server) && PRIVATE_SERVER.test(new URL(server).hostname)
  );
}
