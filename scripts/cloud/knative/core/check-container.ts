import { type FieldError, fieldError, via } from './field-error.ts';
import { checkFields, type Fields, fieldsOf, isFields, textOf } from './fields.ts';

/** Set by Knative, so that a program knows who it is. */
const RESERVED_ENVIRONMENT = ['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];
/** The queue-proxy listens on these. */
const RESERVED_PORTS = [8012, 8013, 8022, 9090, 9091, 8008];
const PORT_NAMES = ['h2c', 'http1', ''];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

const KNOWN = [
  'name',
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'workingDir',
  'env',
  'envFrom',
  'ports',
  'resources',
  'securityContext',
  'terminationMessagePath',
  'terminationMessagePolicy',
  ...PROBES,
];
const REFUSED = ['lifecycle', 'stdin', 'stdinOnce', 'tty', 'volumeDevices', 'restartPolicy'];
/** Knative takes them; nothing here could mount them. */
const ABSENT = ['volumeMounts'];

/**
 * Checks the one container of a revision.
 *
 * @example checkContainer({ image: 'todo' }) // []
 */
export function checkContainer(container: Fields): FieldError[] {
  const { image, name } = container;
  return [
    ...checkFields(container, [...KNOWN, ...ABSENT], REFUSED),
    ...ABSENT.filter((field) => field in container).map((field) =>
      fieldError.generic('not in the local Knative', field),
    ),
    ...(name === 'queue-proxy'
      ? [fieldError.generic('"queue-proxy" is a reserved container name', 'name')]
      : []),
    ...(typeof image === 'string' && image !== '' ? [] : [fieldError.missing('image')]),
    ...via('env', checkEnvironment(container['env'])),
    ...via('envFrom', checkEnvironmentSources(container['envFrom'])),
    ...checkPorts(container['ports']),
    ...PROBES.flatMap((probe) => via(probe, checkProbe(container[probe]))),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function checkEnvironment(value: unknown): FieldError[] {
  return listOf(value).flatMap((entry, index) => via(index, checkVariable(fieldsOf(entry))));
}

function checkVariable(variable: Fields): FieldError[] {
  const { name, value } = variable;
  const unknown = checkFields(variable, ['name', 'value', 'valueFrom']);
  const sources = checkFields(
    fieldsOf(variable['valueFrom']),
    ['configMapKeyRef', 'secretKeyRef'],
    ['fieldRef', 'resourceFieldRef'],
  );
  const faults = [...unknown, ...via('valueFrom', sources)];
  if (typeof name !== 'string' || name === '') return [...faults, fieldError.missing('name')];
  if (RESERVED_ENVIRONMENT.includes(name)) {
    faults.push(fieldError.generic(`"${name}" is a reserved environment variable`, 'name'));
  }
  if (value !== undefined && typeof value !== 'string') {
    const details = 'expected a string: put it in quotes';
    faults.push(fieldError.invalid(JSON.stringify(value), 'value', details));
  }
  return faults;
}

function checkEnvironmentSources(value: unknown): FieldError[] {
  return listOf(value).flatMap((entry, index) => {
    const source = fieldsOf(entry);
    const faults = checkFields(source, ['prefix', 'configMapRef', 'secretRef']);
    const given = ['configMapRef', 'secretRef'].filter((name) => name in source);
    if (given.length === 0) faults.push(fieldError.oneOf('configMapRef', 'secretRef'));
    if (given.length === 2) faults.push(fieldError.multipleOneOf('configMapRef', 'secretRef'));
    return via(index, faults);
  });
}

function checkPorts(value: unknown): FieldError[] {
  const ports = listOf(value);
  if (ports.length > 1) {
    return [
      {
        message: 'more than one container port is set',
        paths: ['ports'],
        details: 'Only a single port is allowed across all containers',
      },
    ];
  }
  const [first] = ports;
  return first === undefined ? [] : via('ports', checkPort(fieldsOf(first)));
}

function checkPort(port: Fields): FieldError[] {
  const { containerPort: number, protocol, name = '' } = port;
  const faults = checkFields(port, ['name', 'containerPort', 'protocol'], ['hostPort', 'hostIP']);
  if (typeof number === 'number' && RESERVED_PORTS.includes(number)) {
    const value = `${number} is a reserved port`;
    faults.push(
      fieldError.invalid(value, 'containerPort', `${value}, please use a different value`),
    );
  }
  if (number !== undefined && !isPort(number)) {
    faults.push(fieldError.outOfBounds(number, 0, 65_535, 'containerPort'));
  }
  if (protocol !== undefined && protocol !== 'TCP') {
    faults.push(fieldError.invalid(protocol, 'protocol'));
  }
  if (typeof name !== 'string' || !PORT_NAMES.includes(name)) {
    faults.push({
      message: `Port name ${textOf(name)} is not allowed`,
      paths: [''],
      details: "Name must be empty, or one of: 'h2c', 'http1'",
    });
  }
  return faults;
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

function checkProbe(value: unknown): FieldError[] {
  if (!isFields(value)) return [];
  const given = HANDLERS.filter((handler) => handler in value);
  // Without a handler the queue-proxy asks whether the port is open.
  return given.length > 1 ? [fieldError.multipleOneOf(...given)] : [];
}
