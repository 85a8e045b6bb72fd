/**
 * Widths in em: the semibold of Arial and a tenth, since readers see their system's font. DejaVu Sans,
 * the widest of the usual ones, is another tenth wider, which the padding of a node takes.
 */
const NARROW = 0.34;
const MIDDLE = 0.62;
const CAPITAL = 0.72;
const WIDE = 0.98;
const FULL = 1;

/**
 * How wide a text will be at most, in pixels.
 *
 * @example textWidth('Express', 14) // 58.8
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * fontSize;
}

function characterWidth(character: string): number {
  // From U+2E80 on stand the CJK scripts, their punctuation and the full-width forms.
  if ((character.codePointAt(0) ?? 0) >= 0x2e80) return FULL;
  if (/[iljtfr.,:;|!'()[\]/ ]/.test(character)) return NARROW;
  if (/[mwMW@%—]/.test(character)) return WIDE;
  if (/[A-Z0-9]/.test(character)) return CAPITAL;
  return MIDDLE;
}
