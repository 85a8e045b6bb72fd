// What the command line needs of a cluster that runs elsewhere: the client alone, without the engine.
export { parseCall } from './core/kubectl/arguments.ts';
export {
  CONTROL_PREFIX,
  findClusters,
  type RunningCluster,
  sendLine,
} from './server/control-client.ts';
