export const SECOND_MS = 1_000;

/** Of all that an edge keeps; the object used longest ago goes first. */
export const CACHE_BYTES = 64 * 1024 * 1024;

/** What an object costs beside its body, about: its headers, its name. Without it empty ones would never fill an edge. */
export const OBJECT_OVERHEAD_BYTES = 1_024;

/** A larger object is passed on and not kept. */
export const OBJECT_BYTES = 16 * 1024 * 1024;

/** How long an origin may take until it answers; Alibaba Cloud's default. */
export const ORIGIN_TIMEOUT_MS = 30 * SECOND_MS;

/**
 * How long an object is fresh when its origin says nothing: a tenth of its age, within these bounds
 * (help.aliyun.com/document_detail/120642.html).
 */
export const GUESSED_SECONDS = { share: 0.1, least: 10, most: 3_600 } as const;

/** How long an error is kept when its origin says nothing (alibabacloud.com/help/doc-detail/310070.htm). */
export const ERROR_SECONDS = 1;

/** Smaller ones gain nothing from being compressed; Alibaba Cloud's bound too. */
export const COMPRESS_FROM_BYTES = 1_024;

/** What an object with a hash in its name may be kept for: its content never changes. */
export const IMMUTABLE_SECONDS = 365 * 24 * 60 * 60;
