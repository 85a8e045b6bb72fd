/** What a node looks like; each is one mermaid notation: `[x]`, `(x)`, `([x])`, `[(x)]`, `{{x}}`, `[/x/]`, `[[x]]`. */
export type Shape =
  | 'rectangle'
  | 'rounded'
  | 'stadium'
  | 'cylinder'
  | 'hexagon'
  | 'slanted'
  | 'subroutine';

export interface DiagramNode {
  readonly id: string;
  /** One entry a line: `<br>` in the source breaks a label. */
  readonly label: readonly string[];
  readonly shape: Shape;
  /** The group it stands in. */
  readonly parent?: string;
  /** A group frames its members and has no shape of its own. */
  readonly group: boolean;
}

export interface DiagramEdge {
  /** `from--to`; a second edge between the same two nodes is `from--to--2`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly dashed: boolean;
  readonly heads: 'none' | 'end' | 'both';
}

/** An architecture diagram, without positions. Groups come before their members. */
export interface Graph {
  readonly direction: Direction;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

export type Direction = 'right' | 'down';

/** What became of a part since the stage before. */
export type State = 'kept' | 'added' | 'removed' | 'changed';

/** A part of a union graph; `was` is what stood there before when it changed. */
export type United<Part> = Part & { readonly state?: State; readonly was?: Part };

export interface UnitedGraph {
  readonly direction: Direction;
  readonly nodes: readonly United<DiagramNode>[];
  readonly edges: readonly United<DiagramEdge>[];
}
