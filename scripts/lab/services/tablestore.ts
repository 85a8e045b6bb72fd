import { Tables } from '../../cloud/tablestore/core/tables.ts';
import { createEngine, type Engine } from '../../cloud/tablestore/engine/engine.ts';
import { memoryLog } from '../../cloud/tablestore/engine/log.ts';
import type { LabService, LabServiceOptions } from '../services.ts';

const INSTANCE = 'todo';
const ACCESS_KEY_ID = 'local';

/**
 * A Tablestore in the memory of the page, with a key that nobody else knows.
 *
 * @example createLabTablestore({ origin: 'http://tablestore.lab', secret, clock, report }).fetch(request)
 */
export function createLabTablestore(options: LabServiceOptions): LabService {
  const { origin, secret, clock, report } = options;
  const create = (): Engine =>
    createEngine({
      tables: new Tables(),
      log: memoryLog,
      clock,
      instance: INSTANCE,
      accessKeys: { [ACCESS_KEY_ID]: secret },
      report,
    });
  let engine = create();
  return {
    environment: {
      TABLESTORE_ENDPOINT: origin,
      TABLESTORE_INSTANCE: INSTANCE,
      TABLESTORE_ACCESS_KEY_ID: ACCESS_KEY_ID,
      TABLESTORE_ACCESS_KEY_SECRET: secret,
    },
    fetch: (request) => engine.handle(request),
    reset: () => void (engine = create()),
  };
}
