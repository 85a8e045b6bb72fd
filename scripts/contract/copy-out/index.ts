export { checkStage } from './check-stage.ts';
export { cleanEnvironment } from './environment.ts';
export { type CheckRow, rowOf } from './row.ts';
export { createShell, type Shell } from './shell.ts';
export { systemNode } from './system-node.ts';
