/** The lines that were typed before, to be brought back one by one. */
export interface LineHistory {
  /** Keeps a line and begins anew at the youngest. */
  add(line: string): void;
  /** The line before; `draft` is what stands there now, to come back to. */
  older(draft: string): string;
  /** The line after, in the end the draft. */
  newer(draft: string): string;
}

/** More than a reader goes back through. */
const KEPT_LINES = 100;

/**
 * Keeps lines as a shell does; the same line twice in a row is one.
 *
 * @example
 * const lines = createLineHistory();
 * lines.add('kubectl get pods');
 * lines.older('kube'); // 'kubectl get pods'
 * lines.newer(''); // 'kube'
 */
export function createLineHistory(): LineHistory {
  const lines: string[] = [];
  let at = 0;
  let kept = '';

  const move = (to: number, draft: string): string => {
    if (at === lines.length) kept = draft;
    at = Math.max(0, Math.min(lines.length, to));
    return at === lines.length ? kept : (lines[at] ?? '');
  };

  return {
    add(line) {
      if (line !== '' && line !== lines.at(-1)) lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      at = lines.length;
      kept = '';
    },
    older: (draft) => move(at - 1, draft),
    newer: (draft) => move(at + 1, draft),
  };
}
