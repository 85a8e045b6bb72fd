// What Serverless Cloud Function allows. https://cloud.tencent.com/document/product/583/11637

/** As messages call it. */
export const NAME = 'Serverless Cloud Function';

export const TIMEOUT_SECONDS = { least: 1, most: 900, default: 3 } as const;

/** 64 beside them. */
export const MEMORY_MEGABYTES = { least: 128, most: 3_072, step: 128, default: 128 } as const;
export const LEAST_MEMORY_MEGABYTES = 64;

/** How long the code outside the handler may take; https://cloud.tencent.com/document/product/583/19805 */
export const INIT_TIMEOUT_SECONDS = { least: 1, most: 300, default: 65 } as const;

/** Of the event and of the result of a synchronous call, as JSON. */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Of a function's variables together. */
export const MAX_ENVIRONMENT_BYTES = 4 * 1024;

/**
 * How many instances of a function run at once. The cloud counts megabytes, 128,000 for an account in a region,
 * which are 1,000 instances of 128 MB; a laptop has less.
 */
export const INSTANCE_CAP = 100;
