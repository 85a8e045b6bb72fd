/**
 * What the head of a page says when code is what it shows: its text may be wider than a lesson's. In the head, since
 * a page comes in pieces, and a rule about what comes later would move what is there already.
 *
 * @example frontmatter={{ head: contentWidth('64rem') }}
 */
export function contentWidth(width: string): { tag: 'style'; content: string }[] {
  return [{ tag: 'style', content: `@media screen{html:root{--sl-content-width:${width}}}` }];
}
