import {
  describeAutoscaler,
  describeConfigMap,
  describeDeployment,
  describeSecret,
  describeService,
} from '../../core/kubectl/describe.ts';
import { describePod } from '../../core/kubectl/describe-pod.ts';
import { KubectlError } from '../../core/kubectl/arguments.ts';
import { readWanted, type ResourceId } from '../../core/kubectl/resources.ts';
import type { Autoscaler, KubernetesObject } from '../../core/objects.ts';
import { chosen, eventsAbout, slicesOf } from './find.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `kubectl describe`. */
export const describe: Verb = async (context) => {
  const { call, io } = context;
  const texts = readWanted(call.words).flatMap((wanted) =>
    chosen(context, wanted).map((object) => textOf(context, wanted.resource.id, object)),
  );
  if (texts.length === 0) io.err('No resources found in default namespace.\n');
  else io.out(texts.join('\n\n'));
  return 0;
};

function textOf(context: VerbContext, id: ResourceId, object: KubernetesObject): string {
  const { engine } = context;
  const now = context.now();
  const about = (kind: string) => eventsAbout(engine, kind, object);
  switch (id) {
    case 'pods':
      return describePod(object, about('Pod'), now);
    case 'deployments': {
      const sets = engine.state.list('replicasets');
      return describeDeployment(object, sets, about('Deployment'), now);
    }
    case 'services': {
      const slices = slicesOf(engine, object.metadata?.name ?? '');
      return describeService(object, slices, about('Service'), now);
    }
    case 'autoscalers': {
      const autoscaler: Autoscaler = object;
      const target = engine.state.get('deployments', autoscaler.spec?.scaleTargetRef.name ?? '');
      return describeAutoscaler(autoscaler, target, about('HorizontalPodAutoscaler'), now);
    }
    case 'configmaps':
      return describeConfigMap(object);
    case 'secrets':
      return describeSecret(object);
    case 'replicasets':
    case 'endpoints':
    case 'events':
    case 'nodes':
      throw new KubectlError(
        `describe knows pods, deployments, services, hpa, configmaps and secrets here, not ${id}`,
      );
  }
}
