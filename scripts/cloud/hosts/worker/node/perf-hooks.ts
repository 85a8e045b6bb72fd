// The browser's own measure time as Node's do.
const { performance, PerformanceObserver } = globalThis;

export { performance, PerformanceObserver };
export default { performance, PerformanceObserver };
