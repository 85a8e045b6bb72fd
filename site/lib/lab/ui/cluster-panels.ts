// Loaded with a stage in a cluster: no other has them.
import type { Language } from '../../languages.ts';
import { clusterWords } from './cluster-words.ts';
import { createCurveView } from './curve-view.ts';
import type { View } from './log-view.ts';
import type { Session } from './session.ts';
import { createShellView, type ShellView } from './shell-view.ts';
import { suggestionsOf } from './suggestions.ts';
import type { LabWords } from './words.ts';

export interface ClusterPanels {
  readonly shell: ShellView;
  /** Where Knative scales. */
  readonly curve: View | undefined;
}

/**
 * The panels of a stage in a cluster.
 *
 * @example createClusterPanels({ language, words, isKnative: false, session: () => service.session, onRun })
 */
export function createClusterPanels(options: {
  readonly language: Language;
  readonly words: LabWords;
  readonly isKnative: boolean;
  /** The reader's own stage, while it runs. */
  session(): Session | undefined;
  /** A command line is about to run. */
  onRun(): void;
}): ClusterPanels {
  const { language, session, onRun } = options;
  const words = clusterWords[language];
  return {
    shell: createShellView({
      words,
      shell: () => session()?.deployment.shell,
      suggestions: () => suggestionsOf(session()),
      onRun,
    }),
    curve: options.isKnative ? createCurveView(words, options.words) : undefined,
  };
}
