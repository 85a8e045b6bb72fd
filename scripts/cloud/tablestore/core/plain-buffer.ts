import type { CellValue } from './value.ts';

// PlainBuffer: how a row travels. Little-endian; every part begins with a tag.

export const HEADER = 0x75;

export const TAG = {
  rowKey: 0x01,
  rowData: 0x02,
  cell: 0x03,
  cellName: 0x04,
  cellValue: 0x05,
  cellOperation: 0x06,
  cellTimestamp: 0x07,
  deleteMarker: 0x08,
  rowChecksum: 0x09,
  cellChecksum: 0x0a,
} as const;

export const VALUE_TYPE = {
  integer: 0x00,
  double: 0x01,
  boolean: 0x02,
  string: 0x03,
  blob: 0x07,
  infMin: 0x09,
  infMax: 0x0a,
  autoIncrement: 0x0b,
} as const;

export const CELL_OPERATION = { deleteAll: 0x01, deleteOne: 0x03, increment: 0x04 } as const;

export type CellOperation = (typeof CELL_OPERATION)[keyof typeof CELL_OPERATION];

/** A column as it travels: without an operation its value is put. */
export interface Cell {
  readonly name: string;
  readonly value?: CellValue | undefined;
  readonly operation?: CellOperation | undefined;
  /** Milliseconds since the epoch: the version. */
  readonly timestamp?: number | undefined;
}

/** A row as it travels, or a change to one. */
export interface PlainRow {
  readonly key: readonly Cell[];
  readonly cells: readonly Cell[];
  readonly deleteMarker: boolean;
}
