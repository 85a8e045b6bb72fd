import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformEvent } from '../cloud/shared/events.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Terminal } from '../shared/terminal.ts';
import { findStage } from '../stages/catalogue.ts';
import type { Stage } from '../stages/catalogue.ts';
import type { Target } from '../stages/schema.ts';
import { chooseTarget } from './choose-target.ts';
import { defineCommand } from './command.ts';
import { createEventText } from './event-text.ts';
import { misused } from './line.ts';

/** A stage that is still starting gets this long to come up and be closed; then its parent's end closes it. */
const START_GRACE_MILLISECONDS = 2000;

const command = defineCommand({
  name: 'run',
  summary:
    'Starts a stage on this machine, on its first target or another one that list names for it.',
  usage: '<stage> [target]',
  options: {
    port: {
      type: 'string',
      value: 'number',
      summary: 'Where it listens; 3001 unless told, 0: any.',
    },
    speed: {
      type: 'string',
      value: 'times',
      summary:
        "How many times as fast an autoscaler's windows pass; probes and time-outs stay real.",
    },
    json: { type: 'boolean', summary: 'Prints the URL and then every event as a line of JSON.' },
  },
  async run({ positionals: [name = '', wanted], options, stages, terminal }) {
    const stage = findStage(stages(), name);
    const [first = ''] = Object.keys(stage.targets);
    const target = chooseTarget(stage, wanted ?? first, command);
    const port = portOf(options.port);
    const speed = speedOf(options.speed);
    const show = options.json ? asJson(terminal) : asText(terminal);
    const { onShutdown } = await import('../shared/lifetime.ts');
    const { deploy } = await import('../targets/index.ts');

    const ended = Promise.withResolvers<void>();
    let programEnded = false;
    const starting = deploy(stage, target, {
      ...(port !== undefined && { port }),
      ...(speed !== undefined && { speed }),
      keep: true,
      say: terminal.note,
      emit: (event) => {
        show.event(event);
        if (event.type !== 'instance-stopped') return;
        programEnded = true;
        // One process has nobody who starts it again: the run is over with it.
        if (target === 'process' || target === 'docker') ended.resolve();
      },
    });
    let stopping = false;
    let deployment: Deployment | undefined;
    const callOff = onShutdown(async () => {
      stopping = true;
      if (terminal.interactive && !options.json) terminal.print('Stopping ...');
      // A cluster takes its time, and whoever has none presses Ctrl-C again.
      if (deployment) await deployment.close();
      else await Promise.race([closeOnceStarted(starting), pause(START_GRACE_MILLISECONDS)]);
    });

    try {
      deployment = await starting;
    } catch (error) {
      // Ctrl-C reaches npm and the program too: their failure is our end, not a fault.
      if (stopping) return EXIT.fine;
      throw programEnded ? neverListened(stage, error) : error;
    }
    show.started(stage, target, deployment.url);
    await ended.promise;
    if (stopping) return EXIT.fine;
    callOff();
    await deployment.close();
    terminal.note(`The program ended by itself. Start it again: npm run stage run ${stage.number}`);
    return EXIT.checkFailed;
  },
});
export default command;

interface View {
  event(event: PlatformEvent): void;
  started(stage: Stage, target: Target, url: string): void;
}

function asText(terminal: Terminal): View {
  const textOf = createEventText(terminal.paint);
  return {
    event(event) {
      const text = textOf(event);
      if (text !== undefined) terminal.print(text);
    },
    started(stage, target, url) {
      const address = terminal.paint(['bold', 'underline'], url);
      terminal.print(`\n  Stage ${stage.number}, ${stage.title.en}, on ${target}: ${address}`);
      terminal.print(terminal.paint('dim', '  Ctrl-C stops it.\n'));
    },
  };
}

function asJson(terminal: Terminal): View {
  return {
    event: (event) => terminal.print(JSON.stringify(event)),
    started: ({ id }, target, url) =>
      terminal.print(JSON.stringify({ type: 'started', stage: id, target, url })),
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw misused(`--port: expected a number from 0 to 65535, found "${text}".`, command);
}

function speedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1) return Number(text);
  throw misused(`--speed: expected a number from 1 to 999, found "${text}".`, command);
}

function neverListened(stage: Stage, cause: unknown): Failure {
  return new Failure(
    'E_PROGRAM_ENDED',
    `the program of ${stage.id} ended before it listened. Mend what it says above, then: npm run stage run ${stage.number}`,
    EXIT.checkFailed,
    { cause },
  );
}

async function closeOnceStarted(starting: Promise<Deployment>): Promise<void> {
  const deployment = await starting.catch(() => undefined);
  await deployment?.close();
}
