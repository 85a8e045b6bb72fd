/**
 * Fills the named gaps of a text; a gap without a value is a mistake and throws.
 *
 * @example fill('Stage {number}', { number: 2 }) // 'Stage 2'
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`no value for ${gap} in "${text}"`);
    return String(value);
  });
}
