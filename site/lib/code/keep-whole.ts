import type { satteri } from '@astrojs/markdown-satteri';

type Plugin = NonNullable<NonNullable<Parameters<typeof satteri>[0]>['mdastPlugins']>[number];

/** Longer code has to be broken somewhere, for a phone. */
const LONGEST = 20;

/**
 * Whether a line may not end within such code: at a hyphen it would, and `--stat` would become something else.
 *
 * @example isKeptWhole('no-cache') // true
 */
export function isKeptWhole(code: string): boolean {
  return code.includes('-') && code.length <= LONGEST;
}

/**
 * For Markdown: marks the code in its sentences that is kept whole.
 *
 * @example satteri({ mdastPlugins: [keepWhole] })
 */
export const keepWhole: Plugin = () => ({
  name: 'keep-whole',
  inlineCode(node, context) {
    if (isKeptWhole(node.value) && !node.data)
      context.replaceNode(node, { ...node, data: { hProperties: { class: 'whole' } } });
  },
});
