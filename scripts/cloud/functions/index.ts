export type { Cloud } from './core/cloud.ts';
export { FC } from './core/fc/cloud.ts';
export { parseManifest as parseFcManifest } from './core/fc/manifest.ts';
export type { FunctionSpec, Manifest } from './core/manifest.ts';
export { SCF } from './core/scf/cloud.ts';
export { parseManifest as parseScfManifest } from './core/scf/manifest.ts';
export { createFunctions, type Functions, type FunctionsOptions } from './engine/functions.ts';
export { runtimeProgram } from './server/runtime-program.ts';
