import process from './process.ts';

export const EOL = '\n';
export const devNull = '/dev/null';
export const tmpdir = (): string =>
  (process.env['TMPDIR'] ?? process.env['TMP'] ?? process.env['TEMP'] ?? '/tmp').replace(
    /(.)\/$/,
    '$1',
  );
export const homedir = (): string => process.env['HOME'] ?? '/root';
export const hostname = (): string => process.env['HOSTNAME'] ?? 'lab';
export const platform = (): string => process.platform;
export const type = (): string => 'Linux';
export const arch = (): string => process.arch;
export const endianness = (): string => 'LE';
export const availableParallelism = (): number => navigator.hardwareConcurrency;
export const uptime = (): number => performance.now() / 1000;

export default {
  EOL,
  devNull,
  tmpdir,
  homedir,
  hostname,
  platform,
  type,
  arch,
  endianness,
  availableParallelism,
  uptime,
};
