export { compareRecordings } from './compare.ts';
export type { Bench, Experiment } from './experiment.ts';
export { createJournal, type Journal } from './journal.ts';
export { listExperiments, loadExperiment } from './load.ts';
export { outline } from './outline.ts';
export { performExperiment } from './perform.ts';
export type { Entry, Happening, Recording, Verdict } from './recording.ts';
export { runExperiment } from './run.ts';
export { readRecording, recordingFile, writeRecording } from './store.ts';
