// What is the same on every function platform; what one cloud allows is in its own folder.

export const SECOND_MS = 1_000;

/** How long an instance is kept without a request. Real ones vary, usually from 3 to 5 minutes; here it is the upper end. */
export const IDLE_MS = 5 * 60 * SECOND_MS;
