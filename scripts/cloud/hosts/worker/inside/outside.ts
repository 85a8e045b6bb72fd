// The way out of the worker, kept before the program's code runs and hidden from it.
import type { FromWorker } from '../protocol.ts';

const scope = globalThis as unknown as {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  close(): void;
};
const [postMessage, close] = [scope.postMessage.bind(scope), scope.close.bind(scope)];

let isOver = false;

/** Tells the page; silent after the end. */
export function tell(message: FromWorker, transfer: Transferable[] = []): void {
  if (!isOver) postMessage(message, transfer);
}

/**
 * The last word: nothing of the program is heard after it.
 *
 * @example leave(0, null);
 */
export function leave(code: number | null, signal: string | null): void {
  tell({ type: 'exit', code, signal });
  isOver = true;
  close();
}
