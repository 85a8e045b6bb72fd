/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

export const QUANTITY = /^(\d+(?:\.\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/**
 * The number that a quantity stands for; undefined for a text that is none.
 *
 * @example quantityOf('250m') // 0.25
 */
export function quantityOf(text: string | number | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = QUANTITY.exec(String(text));
  if (!match) return undefined;
  return Number(match[1]) * (SUFFIXES[match[2] ?? ''] ?? 1);
}

/**
 * Thousandths of a CPU.
 *
 * @example cpuMillis('0.5') // 500
 */
export function cpuMillis(text: string | number | undefined): number | undefined {
  const cpus = quantityOf(text);
  return cpus === undefined ? undefined : Math.ceil(cpus * 1000 - 1e-6);
}

/**
 * CPU as `kubectl top` prints it.
 *
 * @example cpuText(12.3) // '13m'
 */
export function cpuText(millis: number): string {
  return `${Math.ceil(millis - 1e-6)}m`;
}

/**
 * Memory as `kubectl top` prints it.
 *
 * @example memoryText(47_185_920) // '45Mi'
 */
export function memoryText(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)}Mi`;
}
