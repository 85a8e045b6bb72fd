export type { Capability } from './capabilities.ts';
export { CHECKS } from './checks.ts';
export { runContract, type ContractOptions, type ContractResult, TOKEN_KEY } from './run.ts';
