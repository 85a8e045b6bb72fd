import { crc32 } from 'node:zlib';

// A log's file: a signature, then frames. A frame is what was flushed together: the length of its
// content, the content's CRC-32, the content.

export const SIGNATURE = new TextEncoder().encode('TSLOG\x001\n');
const FRAME_HEADER_BYTES = 8;

/**
 * Records as one frame.
 *
 * @example await file.write(encodeFrame([record]))
 */
export function encodeFrame(records: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(records);
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32LE(content.length, 0);
  header.writeUInt32LE(crc32(content), 4);
  return Buffer.concat([header, content]);
}

/** What a file holds, up to the first frame that is not whole. */
export interface Frames {
  readonly contents: readonly Uint8Array[];
  /** How many bytes they take. */
  readonly size: number;
  /** What follows them, if anything: a frame that a crash has torn, or one that was whole and no longer is. */
  readonly rest: 'none' | 'torn' | 'damaged';
}

/**
 * Reads the frames after `start`. Only the last frame of a log can be torn, since none is begun before
 * the one before it is flushed. So a bad frame with whole ones after it was whole once.
 *
 * @example const { contents, size, rest } = readFrames(file, SIGNATURE.length);
 */
export function readFrames(file: Uint8Array, start: number): Frames {
  const contents: Uint8Array[] = [];
  let size = start;
  for (;;) {
    const frame = frameAt(file, size);
    if (!frame?.whole) {
      const rest = size === file.length ? 'none' : endsWhole(file, frame?.end) ? 'damaged' : 'torn';
      return { contents, size, rest };
    }
    contents.push(frame.content);
    size = frame.end;
  }
}

/** Whether frames lead from here to the very end of the file. */
function endsWhole(file: Uint8Array, start: number | undefined): boolean {
  if (start === undefined || start >= file.length) return false;
  let position = start;
  for (;;) {
    const frame = frameAt(file, position);
    if (!frame?.whole) return position === file.length;
    position = frame.end;
  }
}

/** Undefined when there is no room for what the frame claims to be. */
function frameAt(
  file: Uint8Array,
  start: number,
): { content: Uint8Array; end: number; whole: boolean } | undefined {
  if (file.length - start < FRAME_HEADER_BYTES) return undefined;
  const view = new DataView(file.buffer, file.byteOffset + start, FRAME_HEADER_BYTES);
  const length = view.getUint32(0, true);
  const end = start + FRAME_HEADER_BYTES + length;
  if (end > file.length) return undefined;
  const content = file.subarray(start + FRAME_HEADER_BYTES, end);
  // An empty frame is never written; the zeros of a file that grew before it was filled look like one.
  return { content, end, whole: length > 0 && crc32(content) === view.getUint32(4, true) };
}
