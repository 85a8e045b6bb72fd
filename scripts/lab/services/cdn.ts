import { type Cdn, createCdn } from '../../cloud/cdn/engine/cdn.ts';
import { createObjectStorage } from '../../cloud/cdn/engine/object-storage.ts';
import { systemClock } from '../../cloud/shared/system-clock.ts';
import type { LabService, LabServiceOptions } from '../services.ts';

/** Where the CDN is for a page in a frame. */
const PATH = '/cdn';

/**
 * A CDN on the page, before a bucket with what the stage's script has built.
 *
 * @example createLabCdn({ origin: 'http://cdn.lab', isFramed: false, built, ...options }).environment // { CDN_ORIGIN: 'http://cdn.lab' }
 */
export function createLabCdn(options: LabServiceOptions): LabService {
  const { origin, clock, emit, isFramed, built, report } = options;
  const modified = clock.now();
  const encoder = new TextEncoder();
  const bucket = async (name: string) => {
    const text = built?.files[built.folder + name];
    return text === undefined ? undefined : { body: encoder.encode(text), modified };
  };
  const create = (): Cdn =>
    createCdn({
      origin: createObjectStorage(bucket, clock),
      clock,
      requestClock: systemClock,
      emit,
      // The browser would not undo it: there is no network between.
      compress: false,
      report,
    });
  let cdn = create();
  return {
    environment: { CDN_ORIGIN: isFramed ? PATH : origin },
    ...(isFramed && { path: PATH }),
    fetch: (request) => cdn.handle(request),
    reset: () => void (cdn = create()),
  };
}
