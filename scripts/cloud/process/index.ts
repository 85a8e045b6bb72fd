export { createMachine, type Machine, type MachineOptions } from './engine/machine.ts';
