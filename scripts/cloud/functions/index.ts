export { type FunctionSpec, type Manifest, parseManifest } from './core/manifest.ts';
export { createFunctions, type Functions, type FunctionsOptions } from './engine/functions.ts';
export { runtimeProgram } from './server/runtime-program.ts';
