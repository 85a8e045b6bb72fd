import type { Condition } from '../resources.ts';
import type { AssignedTarget } from '../traffic.ts';
import { shortAge } from './age.ts';
import type { RevisionView, ServiceView } from './views.ts';

const LONGEST_MAP = 100;
/** Labels and annotations that say nothing to a reader. */
const DULL = ['serving.knative.dev', 'client.knative.dev', 'kubectl.kubernetes.io'];

/**
 * `kn service describe NAME`: the service, the revisions that get traffic or are the newest, the conditions.
 *
 * @example serviceDescription(service, revisions, now).join('\n')
 */
export function serviceDescription(
  service: ServiceView,
  revisions: readonly RevisionView[],
  now: number,
): string[] {
  const attributes: [string, string][] = [
    ['Name:', service.name],
    ['Namespace:', service.namespace],
    ...mapLine('Labels:', service.labels),
    ...mapLine('Annotations:', service.annotations),
    ['Age:', shortAge(now - service.created)],
    ['URL:', service.url],
  ];
  return [
    ...aligned(attributes),
    '',
    'Revisions:',
    ...revisionLines(service, revisions, now),
    '',
    'Conditions:',
    ...conditionLines(service.conditions, now),
  ];
}

/** Lines up the second of two columns, two spaces after the longest first. */
function aligned(rows: readonly (readonly [string, string])[], indent = ''): string[] {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.map(([label, value]) => `${indent}${label.padEnd(width)}${value}`.trimEnd());
}

function mapLine(label: string, map: Readonly<Record<string, string>>): [string, string][] {
  const shown = Object.keys(map)
    .filter((key) => !(key.includes('/') && DULL.includes(key.split('/')[0] ?? '')))
    .toSorted();
  if (shown.length === 0) return [];
  const line = shown.map((key) => `${key}=${map[key]}`).join(', ');
  const isLong = line.length > LONGEST_MAP;
  return [[label, isLong ? `${line.slice(0, LONGEST_MAP - 4)} ...` : line]];
}

interface Line {
  readonly revision: RevisionView;
  readonly target: AssignedTarget | undefined;
}

function revisionLines(
  service: ServiceView,
  revisions: readonly RevisionView[],
  now: number,
): string[] {
  const find = (name: string | undefined) => revisions.find((each) => each.name === name);
  const lines: Line[] = service.traffic.flatMap((target) => {
    const revision = find(target.revisionName);
    return revision ? [{ revision, target }] : [];
  });
  for (const name of [service.latestCreated, service.latestReady]) {
    const revision = find(name);
    if (revision && !lines.some((line) => line.revision === revision)) {
      lines.push({ revision, target: undefined });
    }
  }
  const sorted = lines.toSorted((a, b) => b.revision.generation - a.revision.generation);
  return sorted.flatMap((line) => revisionLine(service, line, now));
}

function revisionLine(service: ServiceView, { revision, target }: Line, now: number): string[] {
  const ready = revision.conditions.find(({ type }) => type === 'Ready');
  const { actual, desired } = revision.replicas;
  const attributes: [string, string][] = [
    ...(ready?.status === 'False' ? [['Error:', ready.reason ?? ''] as [string, string]] : []),
    ['Image:', revision.image],
    ...(actual > 0 || desired > 0
      ? [['Replicas:', `${actual}/${desired}`] as [string, string]]
      : []),
  ];
  const tag = target?.tag === undefined ? '' : ` #${target.tag}`;
  const head = `${nameOf(service, revision, target)}${tag} [${revision.generation}] (${shortAge(now - revision.created)})`;
  return [
    `  ${bullet(target?.percent ?? 0, ready?.status)}  ${head}`,
    ...aligned(attributes, ' '.repeat(8)),
  ];
}

function nameOf(
  service: ServiceView,
  { name }: RevisionView,
  target: AssignedTarget | undefined,
): string {
  if (target?.latestRevision === true) return `@latest (${name})`;
  if (name === service.latestReady) return `${name} (current @latest)`;
  return name === service.latestCreated ? `${name} (latest created)` : name;
}

function bullet(percent: number, ready: Condition['status'] | undefined): string {
  const symbol = { True: percent > 0 ? '%' : '+', False: '!', Unknown: '?' }[ready ?? 'Unknown'];
  return percent === 0 ? `   ${symbol}` : `${String(percent).padStart(3)}${symbol}`;
}

function conditionLines(conditions: readonly Condition[], now: number): string[] {
  const sorted = conditions.toSorted(
    (a, b) => Number(b.type === 'Ready') - Number(a.type === 'Ready') || (a.type < b.type ? -1 : 1),
  );
  const width = Math.max(4, ...conditions.map(({ type }) => type.length));
  const line = (ok: string, type: string, time: string, reason: string): string =>
    `  ${ok} ${type.padEnd(width)} ${time.padStart(6)} ${reason}`.trimEnd();
  return [
    line('OK', 'TYPE', 'AGE', 'REASON'),
    ...sorted.map((condition) =>
      line(
        mark(condition),
        condition.type,
        shortAge(now - condition.since),
        condition.reason ?? '',
      ),
    ),
  ];
}

function mark({ status, severity }: Condition): string {
  if (status === 'True') return '++';
  if (status === 'Unknown') return '??';
  return severity === 'Info' ? ' I' : '!!';
}
