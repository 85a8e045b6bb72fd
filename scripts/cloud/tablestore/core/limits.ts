// https://www.alibabacloud.com/help/en/tablestore/limits-on-widecolumn-model, where not said otherwise.

export const MAX_TABLES = 64;
export const MAX_NAME_BYTES = 255;
export const MAX_KEY_COLUMNS = 4;
export const MAX_DEFINED_COLUMNS = 32;
export const MAX_KEY_VALUE_BYTES = 1024;
export const MAX_COLUMN_VALUE_BYTES = 2 * 1024 * 1024;
/** Attribute columns that one request may write into one row. */
export const MAX_COLUMNS_PER_WRITE = 1024;
export const MAX_COLUMNS_TO_GET = 128;
export const MAX_ROWS_PER_BATCH_GET = 100;
export const MAX_ROWS_PER_BATCH_WRITE = 200;
/** A GetRange page ends after this many rows were looked at, whether a filter kept them or not. */
export const MAX_ROWS_PER_RANGE = 5000;
/** A GetRange page ends once it has looked at this much data. */
export const MAX_BYTES_PER_RANGE = 4 * 1024 * 1024;
/** The limit of a BatchWriteRow; the documents name none for the body, so it stands for all, plus room for the envelope. */
export const MAX_REQUEST_BYTES = 4 * 1024 * 1024 + 64 * 1024;
export const MAX_FILTERS = 32;
/** Ours: how deep composite filters may be nested, so that no request exhausts the stack. */
export const MAX_FILTER_DEPTH = 16;
export const BYTES_PER_CAPACITY_UNIT = 4096;
/** How far a request's x-ots-date may be from the server's time; the Python SDK holds answers to the same. */
export const MAX_CLOCK_SKEW_MILLISECONDS = 15 * 60_000;
/** How far a version's timestamp may be from now, unless the table says otherwise. */
export const DEFAULT_DEVIATION_SECONDS = 86_400;
/** `Version::kMax.mVersion / kUsecPerMsec` in the service's message. */
export const MAX_TIMESTAMP_MILLISECONDS = Math.floor(2 ** 63 / 1000);
