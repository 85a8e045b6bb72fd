/** Names for what a platform calls as it likes: the same in every run that does the same. */
export interface Names {
  /** `web-1`, `web-2`: instances of a service in the order in which they appear. */
  instance(id: string, service?: string): string;
  /** An instance's name, or the node of the diagram itself: `gateway`. */
  node(id: string): string;
  /** A text with the instances' names in the place of the platform's ids. */
  rename(text: string): string;
  /** The platform's own id of an instance that was named. */
  instanceId(name: string): string;
}

/**
 * Names instances by first appearance.
 *
 * @example
 * const names = createNames();
 * names.instance('web-7f3a', 'web') // 'web-1'
 * names.instanceId('web-1') // 'web-7f3a'
 */
export function createNames(): Names {
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  return {
    instance(id, service = 'instance') {
      const known = names.get(id);
      if (known !== undefined) return known;
      const number = [...ids.keys()].filter((name) => name.startsWith(`${service}-`)).length + 1;
      const name = `${service}-${number}`;
      names.set(id, name);
      ids.set(name, id);
      return name;
    },
    node: (id) => names.get(id) ?? id,
    rename: (text) =>
      [...names]
        .toSorted(([a], [b]) => b.length - a.length)
        .reduce(
          (renamed, [id, name]) =>
            // In a table the columns after it stay where they are.
            renamed.replaceAll(`${id}  `, `${name}  `.padEnd(id.length + 2)).replaceAll(id, name),
          text,
        ),
    instanceId: (name) => ids.get(name) ?? name,
  };
}
