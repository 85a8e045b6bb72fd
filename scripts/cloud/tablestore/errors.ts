import { EXIT, Failure } from '../../shared/failure.ts';

/** Another process, or this one, writes to the same log. */
export function logInUse(file: string, owner: number): Failure {
  return new Failure(
    'E_TABLESTORE_IN_USE',
    `${file} must have one writer, and process ${owner} is one. Stop it, or keep the tables in another file.`,
    EXIT.checkFailed,
  );
}

/** What is in the file is not what was written there. */
export function logDamaged(file: string, offset: number, found: string): Failure {
  return new Failure(
    'E_TABLESTORE_LOG_DAMAGED',
    `${file} must be a log of tables: at byte ${offset} there is ${found}. Restore it from a copy, or move it away to begin without rows.`,
    EXIT.checkFailed,
  );
}

/** Something else listens there. */
export function portTaken(port: number, cause: unknown): Failure {
  return new Failure(
    'E_TABLESTORE_PORT',
    `port ${port} must be free for Tablestore, and is taken. Stop what listens there, or choose another port (0 takes any).`,
    EXIT.checkFailed,
    { cause },
  );
}
