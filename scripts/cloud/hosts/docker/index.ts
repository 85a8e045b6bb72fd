export { createDocker, diagnose, type Docker } from './docker.ts';
export { createDockerHost, type DockerHost, type DockerHostOptions } from './host.ts';
export { isForgotten, OWNED, ownedLabels, STAGE_LABEL, thisOwner } from './labels.ts';
export { sweepContainers, sweepImages } from './sweep.ts';
