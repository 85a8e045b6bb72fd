import { KubectlError } from '../../core/kubectl/arguments.ts';
import { description } from '../../core/kubectl/columns.ts';
import { readWanted } from '../../core/kubectl/resources.ts';
import { CHANGE_CAUSE, revisionOf, rolloutStatus, setsOf } from '../../core/kubectl/rollout.ts';
import { type Deployment, nameOf } from '../../core/objects.ts';
import { chosen } from './find.ts';
import { timeoutOf } from './timeout.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `kubectl rollout status`: a line for each change until it is done. */
export const rolloutStatusVerb: Verb = async (context) => {
  const { engine, io } = context;
  const name = nameOf(deploymentOf(context));
  const limit = timeoutOf(context);
  let said = '';
  let failed = false;
  try {
    await engine.state.until(() => {
      const deployment = engine.state.get('deployments', name);
      if (!deployment) return true;
      const status = rolloutStatus(deployment);
      if (status.message !== said) {
        said = status.message;
        (status.failed ? io.err : io.out)(`${said}\n`);
      }
      failed = status.failed ?? false;
      return status.done;
    }, limit.signal);
  } catch (error) {
    if (io.signal?.aborted) return 0;
    throw error;
  } finally {
    limit.clear();
  }
  return failed ? 1 : 0;
};

/** `kubectl rollout restart`. */
export const rolloutRestart: Verb = async (context) => {
  const name = nameOf(deploymentOf(context));
  await context.actions.rolloutRestart(name);
  context.io.out(`deployment.apps/${name} restarted\n`);
  return 0;
};

/** `kubectl rollout undo`. */
export const rolloutUndo: Verb = async (context) => {
  const { call, actions, io } = context;
  const name = nameOf(deploymentOf(context));
  const revision = Number(call.flags['to-revision'] ?? 0);
  const isUndone = await actions.rolloutUndo(name, revision);
  if (isUndone === undefined) {
    throw new KubectlError(
      revision > 0
        ? 'unable to find specified revision in history'
        : `no rollout history found for deployment "${name}"`,
    );
  }
  io.out(
    isUndone
      ? `deployment.apps/${name} rolled back\n`
      : `deployment.apps/${name} skipped rollback (current template already matches revision ${revision})\n`,
  );
  return 0;
};

/** `kubectl rollout history`. */
export const rolloutHistory: Verb = async (context) => {
  const { engine, io } = context;
  const deployment = deploymentOf(context);
  const rows = setsOf(deployment, engine.state.list('replicasets')).map((set) => [
    String(revisionOf(set)),
    set.metadata?.annotations?.[CHANGE_CAUSE] ?? '<none>',
  ]);
  io.out(
    `deployment.apps/${nameOf(deployment)} \n${description([['REVISION', 'CHANGE-CAUSE'], ...rows])}\n`,
  );
  return 0;
};

function deploymentOf(context: VerbContext): Deployment {
  const [wanted] = readWanted(context.call.words);
  if (wanted?.resource.id !== 'deployments') {
    throw new KubectlError('only Deployments are rolled out here: deployment/NAME');
  }
  const [deployment] = chosen(context, wanted);
  if (!deployment) throw new KubectlError('no deployment is there');
  return deployment;
}
