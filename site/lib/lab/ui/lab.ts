import type { LabFiles } from '../../../../scripts/lab/load.ts';
import { createSkippableClock } from '../../../../scripts/cloud/shared/skippable-clock.ts';
import { systemClock } from '../../../../scripts/cloud/shared/system-clock.ts';
import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { wordsIn } from '../../words.ts';
import { FRAMES } from '../frame-protocol.ts';
import { createCookieJar } from './cookie-jar.ts';
import { createEdits } from './edits.ts';
import { createEditor } from './editor.ts';
import { createExperimentsView } from './experiments-view.ts';
import { type Offered, runOffered } from './experiments.ts';
import { answerFrames } from './frame-bridge.ts';
import { downloadStage, openInStackBlitz } from './handover.ts';
import type { History } from './history.ts';
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
import { type LabTarget, entryOf, openSession, type Session, targetsOf } from './session.ts';
import type { StageMap } from './stage-map.ts';
import { createTimeLine } from './time-line.ts';
import { createToolbar } from './toolbar.ts';
import { addInstance, sendMany } from './verbs.ts';
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
  const ended = new AbortController();
  let session: Session | undefined;
  /** What the panels show: the reader's own service, or the run of an experiment. */
  let shown: { history: History; map: StageMap } | undefined;
  let target: LabTarget = firstTarget;
  let isBusy = false;

  const loop = createLoop((now) => {
    if (!shown) return false;
    const moves = diagram.draw(now, shown.history);
    for (const view of [instances, inspector, timeLine]) view.draw(shown.history);
    if (layout.panel() === 'log') log.draw(shown.history);
    if (layout.panel() === 'requests') requests.draw(shown.history);
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
    target: () => words.target[target],
    onOpen: openCode,
  });
  const page = createPageView({ words, number: files.payload.number, frame });
  const editor = createEditor({
    words,
    edits,
    entry: drawing.files.get('express') ?? entryOf(files, target),
    onRun: () => void runEdited(),
    onDownload: () => void downloadStage(stage, edits.sources),
    onStackBlitz: () => void handToStackBlitz(),
  });
  const log = createLogView({
    words,
    files: () => Object.keys(edits.sources),
    onPlace: ({ file, line }) => openCode(file, line),
  });
  const requests = createRequestsView(words, (node) => drawing.labels.get(node) ?? node);
  const instances = createInstanceList({
    words,
    none: () => (target === 'fc' ? words.instances.noneFunction : words.instances.none),
    canKill: () => shown?.history === session?.history,
    onKill: (id) => void act(words.done.killed, ({ deployment }) => deployment.kill(id)),
  });
  const timeLine = createTimeLine(words);
  const toolbar = createToolbar({
    words,
    targets: targetsOf(files),
    commands: {
      choose: (chosen) => void change(chosen),
      send: () => void send(),
      add: () => void add(),
      kill: () => void act(words.done.killed, ({ deployment }) => deployment.kill()),
      restart: () =>
        void act(words.done.restarted, ({ deployment }) => deployment.restart()).then(page.reload),
      reset: () =>
        void act(words.done.reset, ({ deployment }) => deployment.reset()).then(page.reload),
      skip: () => void act(words.done.skipped, ({ deployment }) => deployment.wait(600_000)),
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
      code: editor.element,
      log: log.element,
      requests: requests.element,
    },
    isStill: stillness.matches,
    onChoose: () => loop.wake(),
    onOwn: () => lookAtOwn(),
  });

  // The time line moves on when nothing else does.
  const ticking = setInterval(loop.wake, STILL_REDRAW_MS);

  /** Turns the panels to the reader's own service, or to an experiment's run. */
  function look(history: History, map: StageMap): void {
    shown = { history, map };
    diagram.clear();
    diagram.redraw(map);
    layout.showExperiment(session !== undefined && history !== session.history);
    loop.wake();
  }

  function lookAtOwn(): void {
    if (session && shown?.history !== session.history) look(session.history, session.map);
  }

  async function open(): Promise<void> {
    const opened = await openSession({
      files,
      target,
      drawn: drawing,
      sources: edits.sources,
      clock: createSkippableClock(paced),
      onOpen: look,
      onRequest: (history, request) => {
        if (shown?.history === history) diagram.add(request);
      },
      onChange: loop.wake,
    });
    if (ended.signal.aborted) {
      await opened.deployment.close();
      throw new Error(words.stopped);
    }
    session = opened;
    page.setOrigin(opened.deployment.url);
    toolbar.show(target);
  }

  /** Does one thing at a time and says how it went. */
  async function act(
    done: string | (() => string),
    work: (own: Session) => Promise<unknown>,
  ): Promise<void> {
    if (!session || isBusy) return;
    isBusy = true;
    toolbar.setBusy(true);
    lookAtOwn();
    try {
      await work(session);
      layout.say(typeof done === 'string' ? done : done());
    } catch (error) {
      layout.say(fill(words.done.failed, { reason: (error as Error).message }), true);
    } finally {
      isBusy = false;
      toolbar.setBusy(false);
      loop.wake();
    }
  }

  async function send(): Promise<void> {
    let told = '';
    await act(
      () => told,
      async ({ deployment }) => {
        const result = await sendMany(deployment.fetch);
        told = fill(words.done.sent, { ...result, count: result.good + result.bad });
      },
    );
  }

  async function add(): Promise<void> {
    let told = '';
    await act(
      () => told,
      async ({ deployment }) => {
        told = fill(words.done.added, { count: await addInstance(deployment) });
      },
    );
  }

  async function change(chosen: LabTarget): Promise<void> {
    await act(words.running, async (own) => {
      session = undefined;
      await own.deployment.close();
      target = chosen;
      jar.clear();
      await open();
    });
    page.reload();
  }

  async function runEdited(): Promise<void> {
    if (isBusy) return;
    editor.setBusy(true);
    editor.tell(words.code.deploying);
    const began = performance.now();
    await act('', async (own) => {
      try {
        await own.edit(edits.sources);
        const milliseconds = Math.round(performance.now() - began);
        editor.tell(fill(words.done.deployed, { milliseconds }));
        look(own.history, own.map);
        page.reload();
      } catch (error) {
        editor.tell(fill(words.code.problem, { message: (error as Error).message }), true);
      }
    });
    editor.setBusy(false);
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
      onRequest: (history, request) => {
        if (shown?.history === history) diagram.add(request);
      },
      onChange: loop.wake,
      signal: ended.signal,
    });
    const verdict = words.experiments[recording.verdict];
    layout.say(fill(words.experiments.ends, { verdict }));
    return recording;
  }

  async function handToStackBlitz(): Promise<void> {
    try {
      await openInStackBlitz(`${base}stackblitz/${stage}.json`, edits.changed, 'index.ts');
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
      origin: () => session?.deployment.url ?? '',
      fetch: (path, init) => {
        if (!session) return Promise.reject(new TypeError('fetch failed'));
        return session.deployment.fetch(path, init);
      },
    });
    ended.signal.addEventListener('abort', stopAnswering);
    page.go(`/?lang=${language}`);
    return true;
  }

  const keepEdits = (event: BeforeUnloadEvent): void => {
    if (Object.keys(edits.changed).length > 0) event.preventDefault();
  };
  addEventListener('beforeunload', keepEdits, { signal: ended.signal });

  const started = open().then(() => layout.say(words.running));
  return {
    element: layout.element,
    started,
    framed: started.then(showPage, () => false),
    async stop() {
      ended.abort();
      clearInterval(ticking);
      loop.stop();
      layout.element.remove();
      await session?.deployment.close();
    },
  };
}
