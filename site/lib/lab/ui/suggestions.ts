import type { Session } from './session.ts';

/** What a suggested line may name of the cluster as it is. */
export interface Named {
  readonly pod: string | undefined;
  readonly deployment: string | undefined;
}

/** Lines in the order in which a reader gets to know a cluster; a name in capitals is filled in. */
const KUBECTL = [
  'get pods',
  'get pods -o wide',
  'get pods --watch',
  'describe pod POD',
  'logs POD',
  'delete pod POD',
  'get all',
  'scale deployment/DEPLOYMENT --replicas 5',
  'rollout restart deployment/DEPLOYMENT',
  'rollout status deployment/DEPLOYMENT',
  'rollout undo deployment/DEPLOYMENT',
  'get hpa',
  'top pods',
  'get events',
  'get pod POD -o yaml',
];

/** Knative's own, before those of the cluster below. */
const KN = [
  'service list',
  'revision list',
  'route list',
  'service describe SERVICE',
  'service update SERVICE --scale-min 1',
  'service update user --traffic user-v2=100',
  'service update user --traffic user-v1=50 --traffic user-v2=50',
];
/** Of kubectl what is of use where Knative keeps the Deployments. */
const BELOW_KNATIVE = /^(get (pods|events)|describe|logs|delete)/;

/**
 * Lines to try out, by the tools that the cluster has; those that name what is not there are left out.
 *
 * @example suggestionsFor(['kubectl'], { pod: 'todo-5d6-x2kq9', deployment: 'todo' })[0] // 'kubectl get pods'
 */
export function suggestionsFor(tools: readonly string[], { pod, deployment }: Named): string[] {
  const hasKn = tools.includes('kn');
  const kubectl = hasKn ? KUBECTL.filter((line) => BELOW_KNATIVE.test(line)) : KUBECTL;
  const lines = [
    ...(hasKn ? KN.map((line) => `kn ${line}`) : []),
    ...(tools.includes('kubectl') ? kubectl.map((line) => `kubectl ${line}`) : []),
  ];
  const names: Readonly<Record<string, string | undefined>> = {
    ...{ POD: pod, DEPLOYMENT: deployment },
    SERVICE: deployment?.replace(/-[^-]+$/, '') ?? 'myapp',
  };
  return lines.flatMap((line) => {
    const asked = /\b(POD|DEPLOYMENT|SERVICE)\b/.exec(line)?.[0];
    if (asked === undefined) return [line];
    const name = names[asked];
    return name === undefined ? [] : [line.replace(asked, name)];
  });
}

/**
 * The same for a running stage, by one of its pods.
 *
 * @example suggestionsOf(session)
 */
export function suggestionsOf(session: Session | undefined): string[] {
  const { shell, instances } = session?.deployment ?? {};
  const [pod] = instances?.() ?? [];
  return suggestionsFor(shell?.tools ?? [], { pod: pod?.id, deployment: pod?.service });
}
