import type { Folder } from '../../cloud/hosts/worker/index.ts';
import { parseDockerfile } from '../../cloud/kubernetes/core/dockerfile.ts';
import type { ImageSource } from '../../cloud/kubernetes/engine/containers.ts';
import type { Host } from '../../cloud/shared/instance.ts';
import { Failure } from '../../shared/failure.ts';
import type { Project } from '../project.ts';

/** The images of a stage in a tab: a reader's change makes new ones, and the old stay what they were. */
export interface Images {
  /** Starts a container of an image, which its program's directory names. */
  readonly host: Host;
  /** As the stage's files are now, under the names that the manifests use at first, later under the next tag. */
  build(): readonly ImageSource[];
  /** The newest image that a name can mean; names of others stay. */
  newest(name: string): string;
}

export interface ImagesOptions {
  readonly project: Pick<Project, 'image' | 'sources'>;
  /** What the manifests call an image -> the Dockerfile that it is made from. */
  readonly references: Readonly<Record<string, string>>;
  /** A build keeps the tag: who starts later finds the later one under the same name. */
  readonly isOverwritten?: boolean;
  /** A host whose instances find these files. */
  createHost(folder: () => Folder): Host;
}

/**
 * Makes images of a stage's Dockerfiles, without building anything: a container finds the files as they were then.
 *
 * @example createImages({ project, references: { 'todo:1': 'Dockerfile' }, createHost }).build()[0].reference // 'todo:1'
 */
export function createImages(options: ImagesOptions): Images {
  const { project, references, isOverwritten = false, createHost } = options;
  const made = new Map<
    string,
    { readonly host: Host; readonly workdir: string; readonly reference: string }
  >();
  let builds = 0;

  const tagged = (reference: string): string => {
    const [, name = reference, tag = '1'] = /^(.*):(\d+)$/.exec(reference) ?? [];
    return builds <= 1 || isOverwritten ? reference : `${name}:${Number(tag) + builds - 1}`;
  };

  return {
    host: {
      start(program, startOptions) {
        const image = made.get(program.directory);
        if (image) return image.host.start({ ...program, directory: image.workdir }, startOptions);
        throw new Failure('E_LAB_IMAGE', `no image is called ${program.directory}`);
      },
    },
    build() {
      const { sources } = project;
      const read = Object.entries(references).map(([reference, dockerfile]) => ({
        reference,
        config: readDockerfile(dockerfile, sources()[dockerfile] ?? ''),
      }));
      builds += 1;
      return read.map(({ reference, config }) => {
        const name = tagged(reference);
        const folder = project.image(config.workdir);
        made.set(name, { host: createHost(folder), workdir: config.workdir, reference });
        return { reference: name, config, directory: name };
      });
    },
    newest(name) {
      const reference = made.get(name)?.reference;
      return reference === undefined ? name : tagged(reference);
    },
  };
}

function readDockerfile(file: string, text: string): ImageSource['config'] {
  try {
    return parseDockerfile(text);
  } catch (error) {
    throw new Failure('E_LAB_IMAGE', `${file}: ${(error as Error).message}`);
  }
}
