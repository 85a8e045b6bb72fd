/** Where a text is blanked out: starts and ends in turn. */
export type Erasure = readonly number[];

/**
 * Blanks out parts of a text; lines and columns stay.
 *
 * @example erase('let a: number = 1;', [5, 13]) // 'let a         = 1;'
 */
export function erase(text: string, erasure: Erasure): string {
  let erased = '';
  let at = 0;
  for (let index = 0; index < erasure.length; index += 2) {
    const [start = 0, end = 0] = [erasure[index], erasure[index + 1]];
    erased += text.slice(at, start) + text.slice(start, end).replaceAll(/\S/g, ' ');
    at = end;
  }
  return erased + text.slice(at);
}

/**
 * Where one text is blanked out to become another; undefined when that is not how they differ.
 *
 * @example findErasure('let a: number = 1;', 'let a         = 1;') // [5, 13]
 */
export function findErasure(text: string, blanked: string): Erasure | undefined {
  const erasure: number[] = [];
  let start: number | undefined;
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== blanked[at]) {
      start ??= at;
      end = at + 1;
    } else if (start !== undefined && /\S/.test(text[at] ?? '')) {
      erasure.push(start, end);
      start = undefined;
    }
  }
  if (start !== undefined) erasure.push(start, end);
  return plain(erase(text, erasure)) === plain(blanked) ? erasure : undefined;
}

/** Node blanks out a character of three bytes with a blank of three bytes; here every blank is a space. */
function plain(text: string): string {
  return text.replaceAll(/[^\S\t\n\r]/g, ' ');
}
