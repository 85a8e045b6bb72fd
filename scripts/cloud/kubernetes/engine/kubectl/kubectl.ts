import { Failure } from '../../../../shared/failure.ts';
import { KubectlError, parseCall } from '../../core/kubectl/arguments.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { apply, remove, scale, setEnv, setImage } from './change.ts';
import { describe } from './describe.ts';
import { get } from './get.ts';
import { logs } from './logs.ts';
import { rolloutHistory, rolloutRestart, rolloutStatusVerb, rolloutUndo } from './rollout.ts';
import { topPods } from './top.ts';
import { type KubectlIo, ServerError, type Verb } from './verb.ts';

const VERBS: Readonly<Record<string, Verb>> = {
  get,
  describe,
  logs,
  apply,
  delete: remove,
  scale,
  'set image': setImage,
  'set env': setEnv,
  'rollout status': rolloutStatusVerb,
  'rollout restart': rolloutRestart,
  'rollout undo': rolloutUndo,
  'rollout history': rolloutHistory,
  'top pods': topPods,
  'top pod': topPods,
};

const HELP = `This kubectl speaks to the local Kubernetes and knows:

  get        pods, deployments, rs, svc, endpoints, hpa, configmaps, secrets, events, all
             [-o wide|yaml|json|name|jsonpath=] [-w] [-l app=todo]
  describe   pod, deployment, svc, hpa, configmap, secret
  logs       POD | deployment/NAME | -l app=todo  [-f] [-p] [--tail 20] [--timestamps]
  apply      -f FILE or FOLDER
  delete     pod NAME | -l app=todo | -f FILE
  scale      deployment/NAME --replicas 5
  set        image deployment/NAME CONTAINER=IMAGE | env deployment/NAME KEY=VALUE
  rollout    status | restart | undo | history  deployment/NAME
  top        pods
`;

/**
 * Runs a kubectl command line against the cluster; output has kubectl's own formats. Answers with the exit code.
 *
 * @example await kubectl(kubernetes, ['get', 'pods', '-o', 'wide'], { out: write, err: write });
 */
export async function kubectl(
  kubernetes: Kubernetes,
  words: readonly string[],
  io: KubectlIo,
): Promise<number> {
  try {
    const call = parseCall(words);
    if (['', 'help', 'options'].includes(call.verb)) {
      io.out(HELP);
      return 0;
    }
    if (typeof call.flags['namespace'] === 'string' && call.flags['namespace'] !== 'default') {
      io.err(`No resources found in ${call.flags['namespace']} namespace.\n`);
      return 0;
    }
    const verb = Object.hasOwn(VERBS, call.verb) ? VERBS[call.verb] : undefined;
    if (!verb) {
      io.err(`error: unknown command "${call.verb}" for "kubectl"\n\n${HELP}`);
      return 1;
    }
    const { engine, actions } = kubernetes;
    return await verb({ call, engine, actions, io, now: () => engine.realClock.now() });
  } catch (error) {
    io.err(textOf(error));
    return 1;
  }
}

function textOf(error: unknown): string {
  if (error instanceof ServerError)
    return `Error from server (${error.reason}): ${error.message}\n`;
  if (error instanceof KubectlError || error instanceof Failure) return `error: ${error.message}\n`;
  const { name, message } = error as Error;
  // What the cluster's API server refuses has a name of its own: NotFound, Invalid, Conflict.
  if (/^(NotFound|Invalid|Conflict|BadRequest)$/.test(name)) {
    return `Error from server (${name}): ${message}\n`;
  }
  throw error;
}

/**
 * The same for an experiment: the whole output, or a rejection with what was said.
 *
 * @example await kubectlLine(kubernetes, 'scale deployment/todo --replicas 5')
 */
export async function kubectlLine(kubernetes: Kubernetes, line: string): Promise<string> {
  let out = '';
  let err = '';
  const words = line.split(/\s+/).filter(Boolean);
  const code = await kubectl(kubernetes, words, {
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  if (code !== 0) throw new Error(err.trim() || out.trim());
  return out;
}
