import { make } from './dom.ts';

/**
 * A line in which backticks set code apart.
 *
 * @example make('p', {}, ...inlineCode('`docker stop` loses nothing'))
 */
export function inlineCode(text: string): (HTMLElement | string)[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? make('code', {}, part) : part))
    .filter((part) => part !== '');
}
