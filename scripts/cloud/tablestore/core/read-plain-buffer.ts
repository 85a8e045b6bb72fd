import { decodeText } from './bytes.ts';
import { crc8, crc8Byte } from './crc8.ts';
import { invalid } from './errors.ts';
import {
  type Cell,
  CELL_OPERATION,
  type CellOperation,
  HEADER,
  type PlainRow,
  TAG,
  VALUE_TYPE,
} from './plain-buffer.ts';
import { AUTO_INCREMENT, type CellValue, INF_MAX, INF_MIN } from './value.ts';

/**
 * The one row in a PlainBuffer, its checksums verified. Bytes after the row's checksum are ignored:
 * the SDKs pad with them.
 *
 * @example readRow(bytes) // { key: [{ name: 'id', value: 1n }], cells: [], deleteMarker: true }
 */
export function readRow(bytes: Uint8Array): PlainRow {
  const reader = new Reader(bytes);
  const header = reader.uint32();
  if (header !== HEADER)
    throw invalid(`Cell data broken, mismatch header, actual: ${header} , expect: ${HEADER}.`);
  const key: Cell[] = [];
  const cells: Cell[] = [];
  let checksum = 0;
  if (reader.accept(TAG.rowKey)) checksum = readCells(reader, key, checksum);
  if (key.length === 0) throw invalid('Cell data broken, PK is empty.');
  if (reader.accept(TAG.rowData)) checksum = readCells(reader, cells, checksum);
  const deleteMarker = reader.accept(TAG.deleteMarker);
  checksum = crc8Byte(checksum, deleteMarker ? 1 : 0);
  if (!reader.accept(TAG.rowChecksum))
    throw invalid('Cell data broken, row is not end with checksum tag.');
  verify(reader.byte(), checksum);
  return { key, cells, deleteMarker };
}

/**
 * A value by itself, as filters hold it.
 *
 * @example readValue(new Uint8Array([2, 1])) // true
 */
export function readValue(bytes: Uint8Array): CellValue {
  return new Reader(bytes).value('');
}

function readCells(reader: Reader, into: Cell[], rowChecksum: number): number {
  let checksum = rowChecksum;
  while (reader.accept(TAG.cell)) checksum = crc8Byte(checksum, readCell(reader, into));
  return checksum;
}

/** Takes name, value, operation and timestamp, in this order; answers the cell's checksum. */
function readCell(reader: Reader, into: Cell[]): number {
  reader.expect(TAG.cellName);
  const nameBytes = reader.take(reader.uint32());
  const name = decodeText(nameBytes);
  if (name === undefined)
    throw invalid(`Cell data broken, wrong string format, size: ${nameBytes.length}.`);
  let checksum = crc8(0, nameBytes);

  let value: CellValue | undefined;
  if (reader.accept(TAG.cellValue)) {
    const size = reader.uint32();
    const start = reader.position;
    value = reader.value(name);
    if (reader.position - start !== size)
      throw invalid("Cell data broken, has more data in cell, but they can't be parsed.");
    checksum = crc8(checksum, reader.between(start, reader.position));
  }
  const operation = reader.accept(TAG.cellOperation) ? readOperation(reader) : undefined;
  let timestamp: number | undefined;
  if (reader.accept(TAG.cellTimestamp)) {
    const start = reader.position;
    timestamp = Number(reader.int64());
    checksum = crc8(checksum, reader.between(start, reader.position));
  }
  // Written before the timestamp, summed after it.
  if (operation !== undefined) checksum = crc8Byte(checksum, operation);
  if (!reader.accept(TAG.cellChecksum))
    throw invalid('Cell data broken, cell is not end with checksum[0x0A] tag.');
  verify(reader.byte(), checksum);
  into.push({ name, value, operation, timestamp });
  return checksum;
}

function readOperation(reader: Reader): CellOperation {
  const byte = reader.byte();
  const operation = Object.values(CELL_OPERATION).find((known) => known === byte);
  if (operation === undefined) throw invalid(`Invalid op type of cell: ${byte}.`);
  return operation;
}

function verify(given: number, computed: number): void {
  if (given !== computed)
    throw invalid(`Cell data broken, checksum is mismatch, ${given} :${computed} :`);
}

/** Reads within its bytes only, whatever lengths they claim. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  accept(tag: number): boolean {
    if (this.#bytes[this.position] !== tag) return false;
    this.position += 1;
    return true;
  }

  expect(tag: number): void {
    const actual = this.byte();
    if (actual !== tag)
      throw invalid(`Cell data broken, mismatch tag, actual tag(${actual}), expect(${tag}).`);
  }

  byte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#advance(8), true);
  }

  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.between(start, start + length);
  }

  between(start: number, end: number): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  value(name: string): CellValue {
    switch (this.byte()) {
      case VALUE_TYPE.integer:
        return this.int64();
      case VALUE_TYPE.double:
        return finite(this.#view.getFloat64(this.#advance(8), true));
      case VALUE_TYPE.boolean:
        return this.byte() !== 0;
      case VALUE_TYPE.string: {
        const text = decodeText(this.take(this.uint32()));
        if (text === undefined) throw invalid(`Value of column ${name} must be UTF8 encoding.`);
        return text;
      }
      case VALUE_TYPE.blob:
        // A copy (of a Buffer, slice() is none): what is kept must not keep the whole request alive.
        return new Uint8Array(this.take(this.uint32()));
      case VALUE_TYPE.infMin:
        return INF_MIN;
      case VALUE_TYPE.infMax:
        return INF_MAX;
      case VALUE_TYPE.autoIncrement:
        return AUTO_INCREMENT;
      default:
        throw invalid('data format is invalid, unknown variant type occured.');
    }
  }

  #advance(length: number): number {
    const start = this.position;
    if (length > this.#bytes.length - start) throw invalid('data format is invalid.');
    this.position = start + length;
    return start;
  }
}

function finite(value: number): number {
  if (Number.isNaN(value)) throw invalid("NaN can't be set to double value.");
  if (!Number.isFinite(value)) throw invalid("Infinity can't be set to double value.");
  return value;
}
