/** What of an image decides how it is run; a part of `docker image inspect`. */
export interface ImageConfig {
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
}

export interface ContainerOptions {
  readonly name: string;
  readonly image: string;
  readonly config: ImageConfig;
  readonly labels: Readonly<Record<string, string>>;
  /** All the variables that it is given; `PORT` is where this machine reaches it, '0' or nothing: any free port. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A health check every second: a person waits for the first one. The image's own interval is for the long run. */
const HEALTH_INTERVAL = '1s';
/** More than a Node process has threads, and too few for a fork bomb. */
const MAX_PROCESSES = 256;
/** The only place in a container that can be written. */
const TEMPORARY = '/tmp:rw,noexec,nosuid,size=64m';
const PORT_WITHOUT_EXPOSE = 3001;

/** Variables that the command line itself reads: their values are written out, not taken from its environment. */
const READ_BY_DOCKER = /^(DOCKER_|BUILDKIT_|HTTPS?_PROXY|NO_PROXY|PATH$|HOME$)/i;

/**
 * The port that a program in the image listens on: the first that the image exposes.
 *
 * @example containerPort({ ExposedPorts: { '3001/tcp': {} } }) // 3001
 */
export function containerPort({ ExposedPorts }: ImageConfig): number {
  const [first] = Object.keys(ExposedPorts ?? {});
  return first === undefined ? PORT_WITHOUT_EXPOSE : Number.parseInt(first, 10);
}

/** Whether Docker itself can tell that the program answers. */
export function hasHealthcheck({ Healthcheck }: ImageConfig): boolean {
  const test = Healthcheck?.Test ?? [];
  return test.length > 0 && test[0] !== 'NONE';
}

/**
 * How `docker create` is called: a root that cannot be written, no privileges to gain, and a port that only
 * this machine reaches. Values that nobody else on the machine shall read are in `environment`.
 *
 * @example createCall({ name: 'web-1', image: 'todo:1', config, labels: {}, environment: { PORT: '3001' } }).words
 */
export function createCall(options: ContainerOptions): {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
} {
  const { name, image, config, labels } = options;
  const { PORT: port = '0', ...variables } = options.environment;
  const inside = containerPort(config);
  const isPlain = ([variable]: readonly [string, string]): boolean => READ_BY_DOCKER.test(variable);
  const given = Object.entries(variables);
  const words = [
    'create',
    ...['--name', name],
    // Built or loaded before: what is not there is no reason to ask a registry.
    ...['--pull', 'never'],
    ...Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`]),
    ...['--publish', `127.0.0.1:${port === '0' ? '' : port}:${inside}`],
    ...['--add-host', 'host.docker.internal:host-gateway'],
    '--read-only',
    ...['--tmpfs', TEMPORARY],
    ...['--cap-drop', 'ALL'],
    ...['--security-opt', 'no-new-privileges'],
    ...['--pids-limit', String(MAX_PROCESSES)],
    ...(hasHealthcheck(config) ? ['--health-interval', HEALTH_INTERVAL] : []),
    ...['--env', `PORT=${inside}`],
    ...given.flatMap((pair) => ['--env', isPlain(pair) ? pair.join('=') : pair[0]]),
    image,
  ];
  return { words, environment: Object.fromEntries(given.filter((pair) => !isPlain(pair))) };
}
