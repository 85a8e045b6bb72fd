import { printErrors } from '../core/field-error.ts';
import { readService } from '../core/read-service.ts';

type Manifest = Record<string, unknown>;

/** What a test's manifest has beside a name and an image. */
export interface Parts {
  readonly metadata?: Manifest;
  readonly templateMetadata?: Manifest;
  readonly revision?: Manifest;
  readonly container?: Manifest;
  readonly spec?: Manifest;
  readonly top?: Manifest;
}

/** The manifest of a Service for tests of what it may say. */
export function manifest({
  metadata,
  templateMetadata,
  revision,
  container,
  spec,
  top,
}: Parts): Manifest {
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'rule', ...metadata },
    spec: {
      template: {
        ...(templateMetadata && { metadata: templateMetadata }),
        spec: { containers: [{ image: 'todo', ...container }], ...revision },
      },
      ...spec,
    },
    ...top,
  };
}

/** What the webhook would say to it; nothing: it is accepted. */
export function refusal(parts: Parts): string {
  const read = readService(manifest(parts));
  return 'errors' in read ? printErrors(read.errors) : '';
}

/** Where errors find the container. */
export const CONTAINER = 'spec.template.spec.containers[0]';
