// What Function Compute 3.0 allows; the documents are named where a number comes from.
// https://help.aliyun.com/zh/functioncompute/fc/product-overview/limits

/** As messages call it. */
export const NAME = 'Function Compute';

export const TIMEOUT_SECONDS = { least: 1, most: 86_400, default: 3 } as const;
export const MEMORY_MEGABYTES = { least: 128, most: 32_768, step: 64, default: 512 } as const;
export const DISK_MEGABYTES = [512, 10_240] as const;
/** Of an initializer or a preStop hook. */
export const HOOK_TIMEOUT_SECONDS = { least: 1, most: 300, default: 3 } as const;

/** Of a request to an HTTP trigger; beyond them the answer is 400 InvalidArgument. */
export const MAX_HEADER_BYTES = 8 * 1024;
export const MAX_PATH_BYTES = 4 * 1024;
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** How long a runtime may take until it listens. */
export const START_TIMEOUT_SECONDS = 120;

/** How many instances of a function run at once; the region's default is 100 for an account. */
export const INSTANCE_CAP = 100;
