import { describe, expect, it } from 'vitest';
import { type Parts, refusal } from '../testing/manifest.ts';

const autoscaling = (name: string, value: string): Parts => ({
  templateMetadata: { annotations: { [`autoscaling.knative.dev/${name}`]: value } },
});
const ANNOTATIONS = 'spec.template.metadata.annotations.autoscaling.knative.dev';

describe('autoscaling annotations', () => {
  it.each<[string, string, string]>([
    ['min-scale', '-1', `expected 0 <= -1 <= 2147483647: ${ANNOTATIONS}/min-scale`],
    ['min-scale', 'one', `invalid value: one: ${ANNOTATIONS}/min-scale`],
    ['max-scale', '1.5', `invalid value: 1.5: ${ANNOTATIONS}/max-scale`],
    [
      'initial-scale',
      '0',
      `invalid value: 0: ${ANNOTATIONS}/initial-scale=0 not allowed by cluster`,
    ],
    [
      'activation-scale',
      '1',
      `activation-scale=1 must be greater than 1: ${ANNOTATIONS}/activation-scale`,
    ],
    ['target', '0', `target 0 should be at least 0.01: ${ANNOTATIONS}/target`],
    ['target', 'x', `invalid value: x: ${ANNOTATIONS}/target`],
    [
      'target-utilization-percentage',
      '0',
      `expected 1 <= 0 <= 100: ${ANNOTATIONS}/target-utilization-percentage`,
    ],
    ['window', '5s', `expected 6s <= 5s <= 1h0m0s: ${ANNOTATIONS}/window`],
    ['window', '61m', `expected 6s <= 61m <= 1h0m0s: ${ANNOTATIONS}/window`],
    ['window', '6.5s', `must be specified with at most second precision: ${ANNOTATIONS}/window`],
    ['window', '60', `invalid value: 60: ${ANNOTATIONS}/window`],
    [
      'panic-window-percentage',
      '101',
      `expected 1 <= 101 <= 100: ${ANNOTATIONS}/panic-window-percentage`,
    ],
    [
      'panic-threshold-percentage',
      '100',
      `expected 110 <= 100 <= 1000: ${ANNOTATIONS}/panic-threshold-percentage`,
    ],
    ['target-burst-capacity', '-2', `invalid value: -2: ${ANNOTATIONS}/target-burst-capacity`],
    ['scale-down-delay', '2h', `expected 0s <= 2h <= 1h0m0s: ${ANNOTATIONS}/scale-down-delay`],
    [
      'scale-to-zero-pod-retention-period',
      '-1s',
      `expected 0s <= -1s <= 1h0m0s: ${ANNOTATIONS}/scale-to-zero-pod-retention-period`,
    ],
    ['metric', 'cpu', `invalid value: cpu: ${ANNOTATIONS}/metric`],
  ])('%s: %s is refused', (name, value, message) => {
    expect(refusal(autoscaling(name, value))).toBe(message);
  });

  it.each([
    ['min-scale', '0'],
    ['initial-scale', '3'],
    ['activation-scale', '2'],
    ['target', '0.01'],
    ['target-utilization-percentage', '100'],
    ['window', '6s'],
    ['window', '1h'],
    ['panic-window-percentage', '1.5'],
    ['panic-threshold-percentage', '110'],
    ['target-burst-capacity', '-1'],
    ['target-burst-capacity', '0'],
    ['max-scale', '2147483647'],
    ['scale-down-delay', '15m'],
    ['scale-to-zero-pod-retention-period', '1m5s'],
    ['metric', 'rps'],
    ['class', 'kpa.autoscaling.knative.dev'],
  ])('%s: %s is accepted', (name, value) => expect(refusal(autoscaling(name, value))).toBe(''));

  it.each([
    [{ 'min-scale': '3', 'max-scale': '3' }],
    [{ 'min-scale': '3', 'max-scale': '0' }],
    [{ 'min-scale': '3', 'activation-scale': '3' }],
    [{ 'max-scale': '3', 'activation-scale': '3' }],
  ])('%j go together', (values) => {
    const annotations = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`autoscaling.knative.dev/${name}`, value]),
    );
    expect(refusal({ templateMetadata: { annotations } })).toBe('');
  });

  it('that contradict each other are refused', () => {
    const annotations = (values: Record<string, string>): Parts => ({
      templateMetadata: {
        annotations: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`autoscaling.knative.dev/${name}`, value]),
        ),
      },
    });
    expect(refusal(annotations({ 'min-scale': '5', 'max-scale': '2' }))).toBe(
      `max-scale=2 is less than min-scale=5: ${ANNOTATIONS}/max-scale, ${ANNOTATIONS}/min-scale`,
    );
    expect(refusal(annotations({ 'min-scale': '5', 'activation-scale': '2' }))).toContain(
      'min-scale=5 is greater than activation-scale=2',
    );
    expect(refusal(annotations({ 'max-scale': '2', 'activation-scale': '3' }))).toContain(
      'max-scale=2 is less than activation-scale=3',
    );
  });

  it('that nobody reads are refused, which the real webhook lets pass', () => {
    expect(refusal(autoscaling('minScale', '1'))).toContain(
      'invalid key name "autoscaling.knative.dev/minScale": spec.template.metadata.annotations',
    );
  });

  it('of a class that is not here are refused', () => {
    expect(refusal(autoscaling('class', 'hpa.autoscaling.knative.dev'))).toContain(
      'the local Knative has kpa.autoscaling.knative.dev alone',
    );
  });

  it('must be texts', () => {
    const numeric = {
      templateMetadata: { annotations: { 'autoscaling.knative.dev/min-scale': 1 } },
    };
    expect(refusal(numeric)).toBe(
      `invalid value: 1: ${ANNOTATIONS}/min-scale\nexpected a string: put it in quotes`,
    );
  });
});
