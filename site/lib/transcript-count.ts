import type { Line } from './transcript.ts';

/** So many answers in a row that say the same but for their body are read; more are counted. */
const READ = 3;

interface Counted {
  readonly line: Line;
  times: number;
}

/**
 * The lines of a step, where what is asked and answered alike stands once with its number: one exchange after
 * the other, or all asked at once. Of many answers with one status and different bodies only the status is kept.
 *
 * @example countAlike(lines)[0].text // 'POST /api/rule · 100×'
 */
export function countAlike(lines: readonly Line[]): Line[] {
  return runs(exchanges(lines)).map(({ line, times }) =>
    times === 1 ? line : { ...line, text: `${line.text} · ${times}×` },
  );
}

function exchanges(lines: readonly Line[]): Counted[] {
  const kept: Counted[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [ask, last] = [kept.at(-2), kept.at(-1)];
    const [line, next] = [lines[at], lines[at + 1]];
    if (!line) continue;
    if (isExchange(line) && isEqual(last?.line, line) && last) last.times += 1;
    else if (line.kind === 'ask' && ask && isEqual(ask.line, line) && isEqual(last?.line, next)) {
      ask.times += 1;
      at += 1;
    } else kept.push({ line, times: 1 });
  }
  return kept;
}

function runs(counted: readonly Counted[]): Counted[] {
  const groups: Counted[][] = [];
  for (const each of counted) {
    const last = groups.at(-1)?.at(-1);
    if (last && isExchange(each.line) && isAlike(last.line, each.line)) groups.at(-1)?.push(each);
    else groups.push([each]);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    if (!first || group.length <= READ) return group;
    const { note: _, ...line } = first.line;
    return [{ line, times: group.reduce((sum, { times }) => sum + times, 0) }];
  });
}

function isExchange({ kind }: Line): boolean {
  return kind === 'ask' || kind === 'reply';
}

function isEqual(line: Line | undefined, other: Line | undefined): boolean {
  return (
    line !== undefined && other !== undefined && isAlike(line, other) && line.note === other.note
  );
}

/** The same but for bodies and times. */
function isAlike(line: Line, other: Line): boolean {
  return line.kind === other.kind && withoutTime(line.text) === withoutTime(other.text);
}

function withoutTime(text: string): string {
  return text.replace(/ · [\d.]+ ms$/, '');
}
