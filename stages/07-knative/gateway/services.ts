import type { Service } from './forward.ts';

/**
 * Where the gateway's services are, from the environment.
 *
 * @example readServices({ RULE_URL: 'http://rule', USER_URL: 'http://user' }).rule.url.host // 'rule'
 */
export function readServices(environment: NodeJS.ProcessEnv): { rule: Service; user: Service } {
  const read = (name: string, variable: string): Service => {
    const text = environment[variable] ?? '';
    if (!URL.canParse(text) || new URL(text).protocol !== 'http:')
      throw new Error(
        `${variable} is "${text}": expected the address of the service ${name}, such as http://${name}`,
      );
    return { name, url: new URL(text) };
  };
  return { rule: read('rule', 'RULE_URL'), user: read('user', 'USER_URL') };
}
