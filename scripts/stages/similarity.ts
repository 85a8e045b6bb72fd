/**
 * How alike two texts are, from 0 to 1: the share of lines that both hold. git pairs a removed and an
 * added file as a rename from 0.5 on; so does the diff of two stages.
 *
 * @example similarity('a\nb\n', 'a\nc\n') // 0.5
 */
export function similarity(before: string, after: string): number {
  const linesBefore = linesOf(before);
  const linesAfter = linesOf(after);
  if (linesBefore.length === 0 || linesAfter.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const line of linesBefore) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of linesAfter) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    shared += 1;
  }
  return (2 * shared) / (linesBefore.length + linesAfter.length);
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
