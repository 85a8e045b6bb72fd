interface Requirement {
  readonly key: string;
  readonly test: (value: string | undefined) => boolean;
}

/**
 * Reads what `-l` takes: `app=todo,tier!=web,track in (a, b),canary,!old`. Undefined when it cannot be read.
 *
 * @example parseSelector('app=todo')?.({ app: 'todo' }) // true
 */
export function parseSelector(
  text: string,
): ((labels: Readonly<Record<string, string>> | undefined) => boolean) | undefined {
  const requirements: Requirement[] = [];
  for (const part of text.split(/,(?![^(]*\))/).map((piece) => piece.trim())) {
    const requirement = read(part);
    if (!requirement) return undefined;
    requirements.push(requirement);
  }
  return (labels) => requirements.every(({ key, test }) => test(labels?.[key]));
}

function read(part: string): Requirement | undefined {
  const list = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
  if (list) {
    const values = (list[3] ?? '').split(',').map((value) => value.trim());
    const wanted = list[2] === 'in';
    return { key: list[1] ?? '', test: (value) => values.includes(value ?? '\0') === wanted };
  }
  const equal = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(part);
  if (equal) {
    const [, key = '', operator, wanted] = equal;
    return { key, test: (value) => (value === wanted) === (operator !== '!=') };
  }
  const present = /^(!?)([^\s=!]+)$/.exec(part);
  if (present) {
    return {
      key: present[2] ?? '',
      test: (value) => (value === undefined) === (present[1] === '!'),
    };
  }
  return undefined;
}

/**
 * Labels as kubectl prints them.
 *
 * @example labelText({ app: 'todo', tier: 'web' }) // 'app=todo,tier=web'
 */
export function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([key, value]) => `${key}=${value}`).join(',') || '<none>';
}
