import { startLoad } from '../../../../scripts/experiments/load-clients.ts';
import type { LabDeployment } from '../../../../scripts/lab/deployment.ts';
import type { PlatformEvent } from '../../../../scripts/cloud/shared/events.ts';
import { isCloud } from '../../../../scripts/lab/clouds.ts';
import type { LabFiles } from '../../../../scripts/lab/load.ts';
import { createSkippableClock } from '../../../../scripts/cloud/shared/skippable-clock.ts';
import { systemClock } from '../../../../scripts/cloud/shared/system-clock.ts';
import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { wordsIn } from '../../words.ts';
import { FRAMES } from '../frame-protocol.ts';
import type { createClusterPanels } from './cluster-panels.ts';
import { createCookieJar } from './cookie-jar.ts';
import { differenceOf } from './difference.ts';
import { createEdits } from './edits.ts';
import { createEditor } from './editor.ts';
import { createExperimentsView } from './experiments-view.ts';
import { type Offered, runOffered } from './experiments.ts';
import { answerFrames } from './frame-bridge.ts';
import { downloadStage, openInStackBlitz } from './handover.ts';
import type { History, RequestRecord } from './history.ts';
import { createInspector } from './inspector.ts';
import { createInstanceList } from './instance-list.ts';
import { arrange } from './layout.ts';
import { createLiveDiagram, type Subject } from './live-diagram.ts';
import { createLogView } from './log-view.ts';
import { createLoop } from './loop.ts';
import { registerWorker } from './offline.ts';
import { createPacedClock } from './paced-clock.ts';
import { createPageView } from './page-view.ts';
import { createRequestsView } from './requests-view.ts';
import { createService } from './service.ts';
import { entriesOf, frameworkOf, targetsOf } from './session.ts';
import type { StageMap } from './stage-map.ts';
import { commandSignal, signalOf } from './signals.ts';
import { targetName } from './target-name.ts';
import { createTimeLine } from './time-line.ts';
import { createToolbar, LOAD_CLIENTS } from './toolbar.ts';
import { labWords } from './words.ts';

export interface LabSetting {
  readonly stage: string;
  readonly language: Language;
  /** The path that the site is deployed to, with a slash at its end. */
  readonly base: string;
  readonly files: LabFiles;
  readonly offered: readonly Offered[];
  /** The diagram of the lesson. */
  readonly original: Element;
  /** For a stage in a cluster. */
  readonly createClusterPanels: typeof createClusterPanels | undefined;
  /** Ends the Lab, as its own button asks. */
  onStop(): void;
}

/** A lab that runs. */
export interface Lab {
  readonly element: HTMLElement;
  /** Resolves when the stage answers; rejects when it does not start. */
  readonly started: Promise<void>;
  /** Resolves when its page can be seen, or cannot be. */
  readonly framed: Promise<boolean>;
  stop(): Promise<void>;
}

/** How long an idle page of a lab waits before it draws the time line again. */
const STILL_REDRAW_MS = 1_000;

/**
 * Starts a stage in this tab and shows it.
 *
 * @example const lab = createLab(setting); place.append(lab.element); await lab.started;
 */
export function createLab(setting: LabSetting): Lab {
  const { stage, language, base, files, offered } = setting;
  const words = labWords(language);
  const name = crypto.randomUUID();
  const frame = `${base}${FRAMES}${name}`;
  const edits = createEdits(files.payload.sources);
  const paced = createPacedClock(systemClock);
  const jar = createCookieJar(() => Date.now());
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  const [firstTarget = 'process'] = targetsOf(files);
  const [entry = ''] = entriesOf(files, firstTarget).values();
  const ended = new AbortController();
  /** What the panels show: the reader's own service, or the run of an experiment. */
  let shown: { history: History; map: StageMap } | undefined;

  const loop = createLoop((now) => {
    if (!shown) return false;
    const moves = diagram.draw(now, shown.history);
    for (const view of [instances, inspector, timeLine]) view.draw(shown.history);
    if (layout.panel() === 'log') log.draw(shown.history);
    if (layout.panel() === 'requests') requests.draw(shown.history);
    if (layout.panel() === 'curve') cluster?.curve?.draw(shown.history);
    return moves;
  });
  const diagram = createLiveDiagram({
    original: setting.original,
    words,
    isStill: () => stillness.matches,
    onLook: (subject) => {
      inspector.look(subject);
      loop.wake();
    },
    onOpen: openSubject,
  });
  const { drawing } = diagram;
  const inspector = createInspector({
    words,
    drawing,
    reasons: wordsIn(language).transcript.reasons,
    sources: () => edits.sources,
    isUsed: (node) => shown?.map.used.has(node) ?? true,
    place: (id, service) => shown?.map.place(id, service),
    target: () => targetName(service.target, targetsOf(files), words),
    onOpen: openCode,
  });
  const page = createPageView({ words, number: files.payload.number, frame });
  const editor = createEditor({
    words,
    edits,
    entry: drawing.files.get('express') ?? drawing.files.get('functions') ?? entry,
    onRun: () => void runEdited(),
    onDownload: () => void downloadStage(stage, edits.sources),
    onStackBlitz: () => void handToStackBlitz(),
  });
  const log = createLogView({
    words,
    files: () => Object.keys(edits.sources),
    onPlace: ({ file, line }) => openCode(file, line),
  });
  const requests = createRequestsView(words, {
    framework: frameworkOf(files),
    labelOf: (node) => drawing.labels.get(node) ?? node,
  });
  const instances = createInstanceList({
    words,
    none: () => (isCloud(service.target) ? words.instances.noneFunction : words.instances.none),
    canKill: () => shown?.history === service.session?.history,
    onKill: (id) => void service.kill(id),
  });
  const timeLine = createTimeLine(words);
  const toolbar = createToolbar({
    words,
    targets: targetsOf(files),
    commands: {
      choose: (chosen) => {
        jar.clear();
        void service.choose(chosen).then(page.reload);
      },
      send: () => void service.send(),
      add: () => void service.add(),
      kill: () => void service.kill(),
      restart: () => void service.restart().then(page.reload),
      reset: () => void service.reset().then(page.reload),
      skip: () => void service.skip(),
      load: (isOn) => void load(isOn),
      setPace: paced.setPace,
      stop: setting.onStop,
    },
  });
  const experiments = createExperimentsView({
    words,
    language,
    offered,
    isEdited: () => Object.keys(edits.changed).length > 0,
    run: perform,
  });
  const cluster = setting.createClusterPanels?.({
    ...{ language, words, isKnative: files.payload.targets.knative !== undefined },
    session: () => service.session,
    onRun() {
      lookAtOwn();
      const route = shown && commandSignal(shown.map);
      if (route) diagram.signal(route);
      loop.wake();
    },
  });
  const layout = arrange({
    words,
    parts: {
      toolbar: toolbar.element,
      timeLine: timeLine.element,
      diagram: diagram.element,
      instances: instances.element,
      inspector: inspector.element,
      page: page.element,
    },
    panels: {
      experiments,
      ...(cluster && { shell: cluster.shell.element }),
      ...(cluster?.curve && { curve: cluster.curve.element }),
      code: editor.element,
      log: log.element,
      requests: requests.element,
    },
    differs: differenceOf(files, words),
    diagramWidth: diagram.width,
    isWide: cluster !== undefined,
    isStill: stillness.matches,
    onChoose: () => loop.wake(),
    onOwn: () => lookAtOwn(),
  });

  const service = createService({
    ...{ files, drawn: drawing, edits, target: firstTarget, words },
    clock: createSkippableClock(paced),
    isFramed: true,
    signal: ended.signal,
    onCompiler: editor.showCompiler,
    onOpen: look,
    onRequest: addDot,
    onEvent: addSignal,
    onChange: loop.wake,
    onStarted({ target, deployment }) {
      page.setOrigin(deployment.url);
      toolbar.show(target);
    },
    onBusy(isBusy) {
      toolbar.setBusy(isBusy);
      if (isBusy) lookAtOwn();
      loop.wake();
    },
    say: layout.say,
  });

  // The time line moves on when nothing else does.
  const ticking = setInterval(loop.wake, STILL_REDRAW_MS);

  /** Turns the panels to the reader's own service, or to an experiment's run. */
  function look(history: History, map: StageMap): void {
    shown = { history, map };
    diagram.clear();
    diagram.redraw(map);
    const own = service.session;
    layout.showExperiment(own !== undefined && history !== own.history);
    loop.wake();
  }

  function lookAtOwn(): void {
    const own = service.session;
    if (own && shown?.history !== own.history) look(own.history, own.map);
  }

  function addDot(history: History, request: RequestRecord): void {
    if (shown?.history === history) diagram.add(request);
  }

  function addSignal(history: History, event: PlatformEvent, map: StageMap): void {
    const route = shown?.history === history ? signalOf(event, map) : undefined;
    if (route) diagram.signal(route);
  }

  let clients: ReturnType<typeof startLoad> | undefined;

  /** Asks for the list, which is the longest way through a cluster. */
  async function load(isOn: boolean): Promise<void> {
    const before = clients;
    const fetch: LabDeployment['fetch'] = (path, init) =>
      service.session?.deployment.fetch(path, init) ??
      Promise.reject(new TypeError('fetch failed'));
    clients = isOn ? startLoad({ fetch }, '/api/rule', LOAD_CLIENTS) : undefined;
    if (isOn) return lookAtOwn();
    const outcome = await before?.stop();
    if (outcome)
      layout.say(fill(words.done.loaded, { good: outcome.answered, bad: outcome.failures.length }));
  }

  async function runEdited(): Promise<void> {
    editor.setBusy(true);
    editor.tell(words.code.deploying);
    const began = performance.now();
    try {
      if (!(await service.edit())) return editor.tell('');
      const milliseconds = Math.round(performance.now() - began);
      editor.tell(fill(words.done.deployed, { milliseconds }));
      layout.say(words.running);
      const own = service.session;
      if (own) look(own.history, own.map);
      page.reload();
    } catch (error) {
      editor.tell(fill(words.code.problem, { message: (error as Error).message }), true);
    } finally {
      editor.setBusy(false);
    }
  }

  async function perform(
    chosen: Offered,
    onEntry: Parameters<typeof runOffered>[0]['onEntry'],
  ): ReturnType<typeof runOffered> {
    const title = chosen.experiment.title[language];
    layout.say(fill(words.experiments.begins, { title }));
    const recording = await runOffered({
      ...{ stage, offered: chosen, files, drawn: drawing, sources: edits.sources, onEntry },
      onOpen: look,
      onRequest: addDot,
      onEvent: addSignal,
      onChange: loop.wake,
      signal: ended.signal,
    });
    const verdict = words.experiments[recording.verdict];
    layout.say(fill(words.experiments.ends, { verdict }));
    return recording;
  }

  async function handToStackBlitz(): Promise<void> {
    try {
      await openInStackBlitz(`${base}stackblitz/${stage}.json`, edits.changed, entry);
    } catch (error) {
      const reason = (error as Error).message;
      editor.tell(fill(words.code.stackblitzFailed, { reason }), true);
    }
  }

  function openCode(file: string, line: number): void {
    layout.choose('code');
    editor.open(file, line);
  }

  function openSubject({ kind, id }: Subject): void {
    if (kind === 'instance') return layout.choose('log');
    const file = drawing.files.get(id);
    if (file !== undefined) openCode(file, drawing.lines.get(id) ?? 1);
  }

  async function showPage(): Promise<boolean> {
    try {
      await registerWorker(base);
    } catch {
      page.refuse();
      return false;
    }
    if (ended.signal.aborted) return false;
    const stopAnswering = answerFrames({
      ...{ lab: name, frame, jar },
      origin: () => service.session?.deployment.url ?? '',
      fetch: (path, init) =>
        service.session?.deployment.fetch(path, init) ??
        Promise.reject(new TypeError('fetch failed')),
    });
    ended.signal.addEventListener('abort', stopAnswering);
    page.go(`/?lang=${language}`);
    return true;
  }

  const keepEdits = (event: BeforeUnloadEvent): void => {
    if (Object.keys(edits.changed).length > 0) event.preventDefault();
  };
  addEventListener('beforeunload', keepEdits, { signal: ended.signal });

  const started = service.open().then(() => layout.say(words.running));
  return {
    element: layout.element,
    started,
    framed: started.then(showPage, () => false),
    async stop() {
      ended.abort();
      cluster?.shell.stop();
      void clients?.stop();
      clearInterval(ticking);
      loop.stop();
      layout.element.remove();
      await service.close();
      files.compiler?.close();
    },
  };
}
