/**
 * Puts values in the place of `$(NAME)`; `$$(NAME)` stays as `$(NAME)`, an unknown name as it stands.
 *
 * @example expand('http://$(HOST)/', (name) => ({ HOST: 'rule' })[name]) // 'http://rule/'
 */
export function expand(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replaceAll(/\$(\$|\(([^()$]*)\))/g, (written, _escape, name: string | undefined) => {
    if (name === undefined) return '$';
    return valueOf(name) ?? written;
  });
}
