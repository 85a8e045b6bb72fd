import type { Emit, PlatformEvent } from '../../../../scripts/cloud/shared/events.ts';
import type { SkippableClock } from '../../../../scripts/cloud/shared/skippable-clock.ts';
import { createLabDeployment, type LabDeployment } from '../../../../scripts/lab/deployment.ts';
import type { LabFiles } from '../../../../scripts/lab/load.ts';
import { isCloud } from '../../../../scripts/lab/clouds.ts';
import { LAB_TARGETS, type LabTarget } from '../../../../scripts/lab/payload.ts';
import { createHistory, type History, type RequestRecord } from './history.ts';
import { createStageMap, type Drawn, type StageMap } from './stage-map.ts';

/** A deployment in the tab and what it has done. */
export interface Session {
  readonly target: LabTarget;
  readonly deployment: LabDeployment;
  readonly history: History;
  readonly map: StageMap;
  edit(sources: Readonly<Record<string, string>>): Promise<void>;
}

export interface SessionOptions {
  readonly files: LabFiles;
  readonly target: LabTarget;
  readonly drawn: Drawn;
  /** The files as they are to run. */
  readonly sources: Readonly<Record<string, string>>;
  readonly clock?: SkippableClock;
  /** Its page is shown in a frame. */
  readonly isFramed?: boolean;
  /** Hears how the stage's own compiler comes, at the first change that needs it. */
  onCompiler?(share: number): void;
  /** Hears the platform's events beside the history. */
  readonly emit?: Emit;
  /** Hands the history out before anything happens. */
  onOpen?(history: History, map: StageMap): void;
  onRequest?(history: History, request: RequestRecord): void;
  onChange?(): void;
  onEvent?(history: History, event: PlatformEvent, map: StageMap): void;
}

/**
 * Starts the stage in this tab and keeps what happens.
 *
 * @example const session = await openSession({ files, target: 'process', drawn, sources });
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const {
    files,
    target,
    drawn,
    clock,
    isFramed = false,
    emit,
    onEvent,
    onOpen,
    onRequest,
    onChange,
  } = options;
  let { sources } = options;
  const createMap = (): StageMap =>
    createStageMap({
      ...{ ...drawn, sources, entries: entriesOf(files, target) },
      imports: (file) => importsOf(files, file),
      isCluster: target === 'kubernetes' || target === 'knative',
    });
  let map = createMap();
  const history = createHistory({
    map,
    now: () => performance.now(),
    onRequest: (request) => onRequest?.(history, request),
  });
  onOpen?.(history, map);
  const deployment = await createLabDeployment({
    files,
    target,
    edits: sources,
    isFramed,
    ...(clock && { clock }),
    ...(options.onCompiler && { onCompiler: options.onCompiler }),
    emit(event) {
      history.record(event);
      emit?.(event);
      onEvent?.(history, event, map);
      onChange?.();
    },
    onGone(pod) {
      history.gone(pod);
      onChange?.();
    },
    onTrace(trace) {
      history.trace(trace);
      onChange?.();
    },
  });
  return {
    target,
    deployment,
    history,
    get map() {
      return map;
    },
    async edit(changed) {
      await deployment.edit(changed);
      sources = changed;
      map = createMap();
      history.redraw(map);
    },
  };
}

/** The targets of a stage that a tab has. */
export function targetsOf({ payload }: LabFiles): LabTarget[] {
  return LAB_TARGETS.filter((target) => payload.targets[target]);
}

/** What calls the functions of a stage. */
export function frameworkOf({ payload: { modules } }: LabFiles): string {
  const isMidway = Object.values(modules).some(({ imports }) =>
    imports.some(({ specifier }) => specifier === '@midwayjs/core'),
  );
  return isMidway ? 'Midway' : 'Express';
}

/**
 * The files that a target starts, by the services that run them.
 *
 * @example entriesOf(files, 'fc') // Map { 'page' => 'index-faas.ts', 'rule' => 'rule-faas.ts' }
 */
export function entriesOf({ payload }: LabFiles, target: LabTarget): ReadonlyMap<string, string> {
  const { process, kubernetes, knative } = payload.targets;
  if (target === 'kubernetes' || target === 'knative')
    return new Map(Object.entries((kubernetes ?? knative)?.programs ?? {}));
  if (target === 'process') return new Map([['web', process?.entry ?? '']]);
  const functions = isCloud(target) ? payload.targets[target] : undefined;
  const { source } = functions ?? {};
  return new Map(
    functions?.manifest.functions.map(({ id, handler }) => {
      if (source !== undefined) return [id, source];
      const module = handler.slice(0, handler.lastIndexOf('.'));
      const file = [`${module}.ts`, `${module}.js`].find((each) => payload.sources[each]);
      return [id, file ?? ''];
    }),
  );
}

function importsOf({ payload: { modules } }: LabFiles, file: string): string[] {
  return (modules[file]?.imports ?? [])
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => new URL(specifier, `file:///${file}`).pathname.slice(1));
}
