import type { Kubectl } from './kubectl.ts';

/**
 * Runs in the pod. Process 1 of a container cannot be killed from inside it, not even by SIGKILL, and from outside
 * each kind of cluster has another way in. Node's inspector, which SIGUSR1 opens inside the pod alone, can
 * abort the program between two of its steps. An exit would wait until the inspector has gone.
 */
const END_PROCESS_1 = `
process.kill(1, 'SIGUSR1');
const end = async (tries) => {
  try {
    const [{ webSocketDebuggerUrl }] = await (await fetch('http://127.0.0.1:9229/json/list')).json();
    const inspector = new WebSocket(webSocketDebuggerUrl);
    const expression = 'process.abort()';
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } });
    inspector.onopen = () => inspector.send(message);
  } catch (error) {
    if (tries === 0) throw error;
    setTimeout(() => end(tries - 1), 20);
  }
};
end(250);
`;

/** How kubectl says that what it ran was killed: it ends with the container in which it runs. */
const KILLED = 'exit code 137';

/**
 * Ends the programs of pods at once, as the local cluster's kill does: the pod stays, and its kubelet starts the
 * container again. Works for programs of Node.
 *
 * @example await killPrograms(kubectl, ['todo-5d7c-x2x'])
 */
export async function killPrograms(kubectl: Kubectl, pods: readonly string[]): Promise<void> {
  await Promise.all(
    pods.map((pod) =>
      kubectl.run(['exec', pod, '--', 'node', '--eval', END_PROCESS_1]).catch((error: Error) => {
        if (!error.message.includes(KILLED)) throw error;
      }),
    ),
  );
}
