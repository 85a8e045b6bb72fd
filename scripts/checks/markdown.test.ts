import { expect, test } from 'vitest';
import { readMarkdown } from './markdown.ts';

const DOCUMENT = `---
title: Stage 1
---
## Where it hurts {#where-it-hurts}

Run \`npm start\` and read [the API](./api.md#fields).

\`\`\`sh title="Terminal"
npm run stage run 1
# Heading in a fence
\`\`\`

<StageCode stage="01-all-in-one" file="app.ts"
  region="routes" />
### Deeper
`;

test('reads headings with their ids, and none inside a fence', () => {
  expect(readMarkdown(DOCUMENT).headings).toEqual([
    { level: 2, text: 'Where it hurts', id: 'where-it-hurts' },
    { level: 3, text: 'Deeper', id: undefined },
  ]);
});

test('reads code spans and links with their lines', () => {
  expect(readMarkdown(DOCUMENT).spans).toEqual([{ text: 'npm start', line: 6 }]);
  expect(readMarkdown(DOCUMENT).links).toEqual([{ text: './api.md#fields', line: 6 }]);
});

test('reads fences with their language', () => {
  expect(readMarkdown(DOCUMENT).fences).toEqual([
    { language: 'sh', lines: ['npm run stage run 1', '# Heading in a fence'], line: 9 },
  ]);
});

test('reads components over several lines', () => {
  expect(readMarkdown(DOCUMENT).components).toEqual([
    {
      name: 'StageCode',
      attributes: new Map([
        ['stage', '01-all-in-one'],
        ['file', 'app.ts'],
        ['region', 'routes'],
      ]),
      line: 13,
    },
  ]);
});
