import { nameOf, type Service } from './objects.ts';

/**
 * The variables that tell a container where services are, which every pod is given unless
 * `enableServiceLinks` is false. They are why no Service may be called so that `<NAME>_PORT` is one of the program's own.
 *
 * @example serviceLinks([rule]) // { RULE_SERVICE_HOST: '10.96.0.12', RULE_SERVICE_PORT: '80', RULE_PORT: 'tcp://10.96.0.12:80', ... }
 */
export function serviceLinks(services: readonly Service[]): Record<string, string> {
  return Object.assign({}, ...services.map(linksOf)) as Record<string, string>;
}

function linksOf(service: Service): Record<string, string> {
  const { clusterIP: host, ports = [] } = service.spec ?? {};
  const [first] = ports;
  if (!host || host === 'None' || !first) return {};
  const name = variable(nameOf(service));
  const links: Record<string, string> = {
    [`${name}_SERVICE_HOST`]: host,
    [`${name}_SERVICE_PORT`]: String(first.port),
  };
  for (const port of ports) {
    if (port.name) links[`${name}_SERVICE_PORT_${variable(port.name)}`] = String(port.port);
  }
  const address = (protocol: string, port: number): string => `${protocol}://${host}:${port}`;
  links[`${name}_PORT`] = address(protocolOf(first.protocol), first.port);
  for (const port of ports) {
    const protocol = protocolOf(port.protocol);
    const prefix = `${name}_PORT_${port.port}_${protocol.toUpperCase()}`;
    links[prefix] = address(protocol, port.port);
    links[`${prefix}_PROTO`] = protocol;
    links[`${prefix}_PORT`] = String(port.port);
    links[`${prefix}_ADDR`] = host;
  }
  return links;
}

function protocolOf(protocol: string | undefined): string {
  return (protocol ?? 'TCP').toLowerCase();
}

function variable(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
