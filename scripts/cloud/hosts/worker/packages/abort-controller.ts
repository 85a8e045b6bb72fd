// In the place of the package abort-controller: every browser of today has both.
export const { AbortController, AbortSignal } = globalThis;
export default AbortController;
