export type { Capability } from './capabilities.ts';
export { CHECKS } from './checks.ts';
export { runContract, type ContractOptions, type ContractResult } from './run.ts';
