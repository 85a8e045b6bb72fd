/** A file of this name asks for what must not be in it. */
const TEMPLATE = /\.template\.ya?ml$/;

/**
 * A manifest as a cluster is given it: of a template, with its variables.
 *
 * @example fillTemplate('k8s/secret.template.yaml', "'${JWT_SECRET}'", { JWT_SECRET: 'abc' }) // "'abc'"
 */
export function fillTemplate(
  file: string,
  text: string,
  variables: Readonly<Record<string, string>>,
): string {
  if (!TEMPLATE.test(file)) return text;
  return text.replaceAll(
    /\$\{([A-Za-z_]\w*)\}/g,
    (whole, name: string) => variables[name] ?? whole,
  );
}
