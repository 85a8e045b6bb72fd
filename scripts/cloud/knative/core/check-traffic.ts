import { type FieldError, fieldError, via } from './field-error.ts';
import { checkFields, type Fields, fieldsOf, labelFault, textOf } from './fields.ts';

const KNOWN = ['revisionName', 'configurationName', 'latestRevision', 'percent', 'tag', 'url'];

/**
 * Checks `spec.traffic` of a Service.
 *
 * @example checkTraffic([{ latestRevision: true, percent: 90 }])[0]?.message // 'Traffic targets sum to 90, want 100'
 */
export function checkTraffic(traffic: readonly unknown[]): FieldError[] {
  const targets = traffic.map(fieldsOf);
  const faults = targets.flatMap((target, index) => via(index, checkTarget(target)));
  const tags = new Map<string, number>();
  targets.forEach(({ tag }, index) => {
    if (typeof tag !== 'string' || tag === '') return;
    const fault = labelFault(tag);
    if (fault) faults.push(fieldError.invalid(fault, `tag[${index}]`));
    const other = tags.get(tag);
    if (other === undefined) tags.set(tag, index);
    else {
      const message = `Multiple definitions for "${tag}"`;
      faults.push(fieldError.generic(message, `[${index}].tag`, `[${other}].tag`));
    }
  });
  const sum = targets.reduce((total, { percent }) => total + (Number(percent) || 0), 0);
  if (sum !== 100) faults.push(fieldError.generic(`Traffic targets sum to ${sum}, want 100`, ''));
  return faults;
}

function checkTarget(target: Fields): FieldError[] {
  const { revisionName = '', latestRevision, percent } = target;
  const faults = checkFields(target, KNOWN);
  if (latestRevision !== undefined && (revisionName !== '') === latestRevision) {
    const message = `may not set revisionName "${textOf(revisionName)}" when latestRevision is ${String(latestRevision)}`;
    faults.push(fieldError.generic(message, 'latestRevision'));
  }
  for (const name of ['configurationName', 'url']) {
    if (target[name] !== undefined) faults.push(fieldError.disallowed(name));
  }
  if (percent !== undefined && !(Number(percent) >= 0 && Number(percent) <= 100)) {
    faults.push(fieldError.outOfBounds(percent, 0, 100, 'percent'));
  }
  return faults;
}
