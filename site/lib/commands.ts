import type { StageDescription } from '../../scripts/stages/schema.ts';

type Named = Pick<StageDescription, 'number' | 'targets'>;

/** Starts a stage on this machine: `npm run stage run 2`. */
export function runCommand({ number }: Pick<Named, 'number'>): string {
  return `npm run stage run ${number}`;
}

/** Starts it as a function, or nothing when it is none. */
export function functionCommand({ number, targets }: Named): string | undefined {
  return targets.fc && `npm run stage run ${number} fc`;
}

/** Starts it as a function of the other cloud, or nothing when it is none there. */
export function otherCloudCommand({ number, targets }: Named): string | undefined {
  return targets.scf && `npm run stage run ${number} scf`;
}

/** Builds its image and starts that as a container, or nothing when it has none. */
export function containerCommand({ number, targets }: Named): string | undefined {
  return targets.docker && `npm run stage run ${number} docker`;
}

/** Gives its manifests to the local Kubernetes, or nothing when it has none. */
export function localClusterCommand({ number, targets }: Named): string | undefined {
  return targets.kubernetes && `npm run stage run ${number} kubernetes`;
}

/** Gives its manifests to the local Knative, or nothing when it has none. */
export function localKnativeCommand({ number, targets }: Named): string | undefined {
  return targets.knative && `npm run stage run ${number} knative`;
}

/** Gives them to a real cluster, or nothing when it has none. */
export function clusterCommand({ number, targets }: Named): string | undefined {
  return targets.cluster && `npm run stage run ${number} cluster`;
}

/** Takes a copy and starts that. */
export function copyCommands({ number }: Pick<Named, 'number'>): string[] {
  return [
    `npm run stage checkout ${number} ../my-copy`,
    'cd ../my-copy',
    'npm install && npm start',
  ];
}

/** Runs one experiment of a stage: `npm run stage experiment 1 restart`. */
export function experimentCommand({ number }: Pick<Named, 'number'>, name: string): string {
  return `npm run stage experiment ${number} ${name}`;
}
