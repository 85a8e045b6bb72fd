import DOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import mermaid from 'mermaid';

/** The fields of mermaid's flowchart data that a diagram of ours is made of. */
export interface FlowchartData {
  readonly nodes: readonly {
    readonly id: string;
    readonly label?: string;
    readonly shape?: string;
    readonly parentId?: string;
    readonly isGroup: boolean;
  }[];
  readonly edges: readonly {
    readonly start?: string;
    readonly end?: string;
    readonly label?: string;
    readonly pattern?: string;
    readonly arrowTypeStart?: string;
    readonly arrowTypeEnd?: string;
  }[];
}

export interface Flowchart {
  readonly data: FlowchartData;
  readonly direction: string;
}

// mermaid cleans labels with DOMPurify, which needs a window. Giving it one here, instead of setting
// the global `window`, keeps every other module of the build from believing that it runs in a browser.
if (!DOMPurify.isSupported) Object.assign(DOMPurify, DOMPurify(new JSDOM('').window));

/**
 * Reads a flowchart with mermaid's own parser; throws mermaid's error when it cannot. `undefined`
 * when the text is another kind of diagram.
 *
 * @example (await readFlowchart('flowchart LR\n  a --> b'))?.direction // 'LR'
 */
export async function readFlowchart(text: string): Promise<Flowchart | undefined> {
  await mermaid.parse(text);
  // The public parse() says only whether a text is valid; the graph itself is in no public API.
  // oxlint-disable-next-line typescript/no-deprecated
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  if (!diagram.type.startsWith('flowchart')) return undefined;
  const database = diagram.db as unknown as {
    getData(): FlowchartData;
    getDirection(): string;
  };
  return { data: database.getData(), direction: database.getDirection() };
}
