import { ByteWriter, encodeText } from './bytes.ts';
import { crc8, crc8Byte } from './crc8.ts';
import { type Cell, HEADER, type PlainRow, TAG, VALUE_TYPE } from './plain-buffer.ts';
import { AUTO_INCREMENT, type CellValue, INF_MAX, INF_MIN } from './value.ts';

/**
 * Rows as a PlainBuffer. No rows are no bytes at all, without a header: that is what the SDKs take for "none".
 *
 * @example writeRows([{ key: [{ name: 'id', value: 1n }], cells: [], deleteMarker: false }])
 */
export function writeRows(rows: readonly PlainRow[]): Uint8Array {
  if (rows.length === 0) return new Uint8Array();
  const writer = new ByteWriter();
  writer.uint32(HEADER);
  for (const row of rows) writeRow(writer, row);
  return writer.finish();
}

function writeRow(writer: ByteWriter, row: PlainRow): void {
  let checksum = 0;
  writer.byte(TAG.rowKey);
  for (const cell of row.key) checksum = crc8Byte(checksum, writeCell(writer, cell));
  if (row.cells.length > 0) {
    writer.byte(TAG.rowData);
    for (const cell of row.cells) checksum = crc8Byte(checksum, writeCell(writer, cell));
  }
  if (row.deleteMarker) writer.byte(TAG.deleteMarker);
  writer.byte(TAG.rowChecksum);
  writer.byte(crc8Byte(checksum, row.deleteMarker ? 1 : 0));
}

function writeCell(writer: ByteWriter, cell: Cell): number {
  const name = encodeText(cell.name);
  writer.byte(TAG.cell);
  writer.byte(TAG.cellName);
  writer.uint32(name.length);
  writer.bytes(name);
  let checksum = crc8(0, name);
  if (cell.value !== undefined) {
    const value = valueParts(cell.value);
    writer.byte(TAG.cellValue);
    writer.uint32(value.size);
    const start = writer.length;
    value.write(writer);
    checksum = crc8(checksum, writer.since(start));
  }
  if (cell.operation !== undefined) {
    writer.byte(TAG.cellOperation);
    writer.byte(cell.operation);
  }
  if (cell.timestamp !== undefined) {
    writer.byte(TAG.cellTimestamp);
    const start = writer.length;
    writer.int64(BigInt(cell.timestamp));
    checksum = crc8(checksum, writer.since(start));
  }
  // Written before the timestamp, summed after it.
  if (cell.operation !== undefined) checksum = crc8Byte(checksum, cell.operation);
  writer.byte(TAG.cellChecksum);
  writer.byte(checksum);
  return checksum;
}

/** What a value takes, its type byte counted, and how it is written. */
function valueParts(value: CellValue): { size: number; write: (writer: ByteWriter) => void } {
  if (typeof value === 'bigint')
    return fixed(VALUE_TYPE.integer, 8, (writer) => writer.int64(value));
  if (typeof value === 'number')
    return fixed(VALUE_TYPE.double, 8, (writer) => writer.double(value));
  if (typeof value === 'boolean')
    return fixed(VALUE_TYPE.boolean, 1, (writer) => writer.byte(value ? 1 : 0));
  if (typeof value === 'string') return counted(VALUE_TYPE.string, encodeText(value));
  if (value instanceof Uint8Array) return counted(VALUE_TYPE.blob, value);
  return fixed(SYMBOL_TYPE[value], 0, () => undefined);
}

const SYMBOL_TYPE = {
  [INF_MIN]: VALUE_TYPE.infMin,
  [INF_MAX]: VALUE_TYPE.infMax,
  [AUTO_INCREMENT]: VALUE_TYPE.autoIncrement,
} as const;

function fixed(
  type: number,
  size: number,
  write: (writer: ByteWriter) => void,
): ReturnType<typeof valueParts> {
  return {
    size: 1 + size,
    write(writer) {
      writer.byte(type);
      write(writer);
    },
  };
}

function counted(type: number, bytes: Uint8Array): ReturnType<typeof valueParts> {
  return fixed(type, 4 + bytes.length, (writer) => {
    writer.uint32(bytes.length);
    writer.bytes(bytes);
  });
}
