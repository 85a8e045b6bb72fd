export { createMachineDisk, type MachineDisk } from './disk.ts';
export { createWorkerHost, type Folder, type WorkerHostOptions, type WorkerTrace } from './host.ts';
export { nobodyThere, type Network } from './network.ts';
export { linkModules, type LinkableModule, type LinkedModules, type ModuleImport } from './link.ts';
export { FUNCTIONS_RUNTIME, type InsideTrace } from './protocol.ts';
