export { parseDockerfile } from './core/dockerfile.ts';
export { type Applied, type Manifest, type Note, parseManifest } from './core/manifest.ts';
export type { ImageSource } from './engine/containers.ts';
export { createKubernetes, type Kubernetes } from './engine/kubernetes.ts';
export { kubectl } from './engine/kubectl/kubectl.ts';
export { announceCluster, type Control, serveControl } from './server/control.ts';
export { loadWebernetes } from './server/load-webernetes.ts';
