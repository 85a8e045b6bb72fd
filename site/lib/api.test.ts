import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readStages } from '../../scripts/stages/catalogue.ts';
import { repositoryRoot } from '../../scripts/stages/root.ts';
import { ACCOUNT_ROUTES, FIELDS, ROUTES } from './api.ts';
import { stages } from './stages.ts';

test.each(stages.map((stage) => [stage.id, stage] as const))(
  'the fields on the page are those of a todo in %s',
  (_, { directory }) => {
    const source = readFileSync(join(directory, 'models/todo.ts'), 'utf8');
    const body = /export interface Todo \{(?<body>[^}]*)\}/.exec(source)?.groups?.['body'] ?? '';
    const names = [...body.matchAll(/readonly (\w+):/g)].map(([, name]) => name);
    expect(FIELDS.map(({ name }) => name)).toEqual(names);
  },
);

test('every route under /api is mounted by the first stage', () => {
  const app = readFileSync(join(stages[0]?.directory ?? '', 'app.ts'), 'utf8');
  for (const { path } of ROUTES) expect(app).toContain(`'${path}'`);
});

test('every route of accounts is a function of the last stage, by its trigger', () => {
  const stage = readStages().at(-1);
  const file = join(stage?.directory ?? '', 'src/function/user.ts');
  const source = readFileSync(file, 'utf8');
  for (const { method, path } of ACCOUNT_ROUTES)
    expect(source).toContain(`path: '${path}', method: '${method.toLowerCase()}'`);
});

test('the page and the OpenAPI document tell of the same routes and fields', () => {
  const document = parse(
    readFileSync(join(repositoryRoot(), 'scripts/contract/openapi.yaml'), 'utf8'),
  ) as {
    paths: Record<string, Record<string, unknown>>;
    components: { schemas: { Todo: { properties: object } } };
  };
  for (const { method, path } of [...ROUTES, ...ACCOUNT_ROUTES])
    expect(document.paths[path]?.[method.toLowerCase()]).toBeDefined();
  expect(FIELDS.map(({ name }) => name)).toEqual(
    Object.keys(document.components.schemas.Todo.properties),
  );
});
