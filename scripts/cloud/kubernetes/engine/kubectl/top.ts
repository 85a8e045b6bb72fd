import { KubectlError } from '../../core/kubectl/arguments.ts';
import { table } from '../../core/kubectl/columns.ts';
import { resourceOf } from '../../core/kubectl/resources.ts';
import { cpuText, memoryText } from '../../core/quantity.ts';
import { nameOf } from '../../core/objects.ts';
import { chosen } from './find.ts';
import type { Verb } from './verb.ts';

/** `kubectl top pods`: what each pod uses. */
export const topPods: Verb = async (context) => {
  const { call, engine, io } = context;
  const pods = chosen(context, { resource: resourceOf('pods'), names: call.words });
  const readings = pods.flatMap((pod) => {
    const reading = engine.metrics.of(nameOf(pod));
    return reading ? [{ name: nameOf(pod), reading }] : [];
  });
  if (readings.length === 0) throw new KubectlError('metrics not available yet');
  if (readings.some(({ reading }) => reading.measured === 'busy')) {
    io.err('CPU is the time in which a pod answered requests: a browser tab does not tell more.\n');
  }
  const rows = readings.map(({ name, reading }) => [
    name,
    cpuText(reading.cpu),
    reading.memory === undefined ? '<unknown>' : memoryText(reading.memory),
  ]);
  const heads = call.flags['no-headers'] ? [] : [['NAME', 'CPU(cores)', 'MEMORY(bytes)']];
  io.out(table([...heads, ...rows]));
  return 0;
};
