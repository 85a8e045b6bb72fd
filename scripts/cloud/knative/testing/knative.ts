import type { PlatformEvent } from '../../shared/events.ts';
import { createTestClock } from '../../shared/test-clock.ts';
import { createFakeWorkloads, type FakeOptions, type FakePod } from './fake-workloads.ts';
import { createKnative, type KnativeOptions } from '../engine/knative.ts';

type Annotations = Record<string, string>;

/** What a test's Service has beside its defaults. */
export interface ServiceParts {
  readonly name?: string;
  readonly image?: string;
  readonly revision?: string;
  readonly annotations?: Annotations;
  readonly labels?: Record<string, string>;
  readonly spec?: Record<string, unknown>;
  readonly traffic?: unknown;
}

/** A manifest; annotations are the autoscaler's, without their prefix. */
export function manifest(parts: ServiceParts = {}): unknown {
  const {
    name = 'rule',
    image = 'todo:1',
    revision,
    annotations = {},
    labels,
    spec,
    traffic,
  } = parts;
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    `autoscaling.knative.dev/${key}`,
    value,
  ]);
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name, ...(labels && { labels }) },
    spec: {
      template: {
        metadata: {
          ...(revision !== undefined && { name: revision }),
          annotations: Object.fromEntries(prefixed) as Annotations,
        },
        spec: { ...spec, containers: [{ image }] },
      },
      ...(traffic !== undefined && { traffic }),
    },
  };
}

/** Lets what promises have settled happen. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
};
const answersWithItsName = (pod: FakePod) => () => new Response(pod.environment['K_REVISION']);

/** Knative above pods that are functions, on clocks that stand still, with one Service that is up. */
export async function start(
  first: ServiceParts = {},
  options: Partial<FakeOptions> = {},
  knativeOptions: Partial<KnativeOptions> = {},
) {
  const clock = createTestClock();
  const realClock = createTestClock();
  const events: PlatformEvent[] = [];
  const chances: number[] = [];
  const workloads = createFakeWorkloads({ clock, program: answersWithItsName, ...options });
  const knative = createKnative({
    workloads,
    clock,
    realClock,
    domain: 'example.com',
    emit: (event) => events.push(event),
    random: () => chances.shift() ?? 0,
    environment: { PLACE: 'here', K_SERVICE: 'nobody' },
    ...knativeOptions,
  });
  /** Lets time pass in steps, so that what one second causes is there in the next. */
  const pass = async (seconds: number): Promise<void> => {
    for (let step = 0; step < seconds * 2; step += 1) {
      await clock.skip(500);
      await settle();
    }
  };
  knative.apply(manifest(first));
  await settle();
  await clock.skip(options.startup?.(1) ?? 0);
  await settle();
  const of = <Type extends PlatformEvent['type']>(type: Type) =>
    events.filter((event): event is Extract<PlatformEvent, { type: Type }> => event.type === type);
  const text = async (path = '/', host?: string, from: 'outside' | 'inside' = 'outside') =>
    (await knative.handle(new Request(`http://${host ?? 'localhost'}${path}`), from)).text();
  return { clock, realClock, events, of, chances, workloads, knative, pass, text };
}
