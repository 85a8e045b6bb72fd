/** The suites of `npm test`, in the order in which they run. */
export const SUITES = ['unit', 'build', 'stages', 'experiments', 'documents', 'e2e'] as const;

/** The benchmarks of `npm run bench`. */
export const BENCHMARKS = [
  'pages',
  'build',
  'start',
  'functions',
  'tablestore',
  'kubernetes',
  'knative',
  'lab',
] as const;
