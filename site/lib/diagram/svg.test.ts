import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { layoutGraph } from './layout.ts';
import { parseDiagram } from './parse.ts';
import { renderSvg } from './svg.ts';
import { uniteGraphs } from './union.ts';

const OPTIONS = {
  id: 'd',
  title: 'A browser and "Express"',
  description: 'One arrow',
  links: new Map([
    [
      'app',
      { href: '/code/x/#app.ts-L3', name: 'Express: code in app.ts', anchor: 'code-x-app.ts' },
    ],
  ]),
};
const before = `flowchart LR
  browser([Browser]) -->|HTTP| app[Express]
  app --> gone[a < b]`;
const after = `flowchart LR
  browser([Browser]) -->|HTTPS| app[Express]
  app -.-> store[(db.json)]`;

const read = (svg: string) => new JSDOM(svg).window.document;

test('a small graph looks as it was last seen', async () => {
  const graph = await parseDiagram(after, 'a.mmd');
  const svg = renderSvg(await layoutGraph(graph), OPTIONS);
  await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot('golden/small.svg');
});

test('it has a title, a description and links with names', async () => {
  const graph = await parseDiagram(after, 'a.mmd');
  const page = read(renderSvg(await layoutGraph(graph), OPTIONS));
  const svg = page.querySelector('svg');
  const text = (attribute: string) =>
    page.getElementById(svg?.getAttribute(attribute) ?? '')?.textContent;
  expect(text('aria-labelledby')).toBe(OPTIONS.title);
  expect(text('aria-describedby')).toBe(OPTIONS.description);
  const links = [...page.querySelectorAll('a')];
  expect(links.map((link) => link.getAttribute('aria-label'))).toEqual(['Express: code in app.ts']);
  expect(links[0]?.getAttribute('href')).toBe('/code/x/#app.ts-L3');
});

test('nodes and edges carry the ids that a live view moves along', async () => {
  const graph = await parseDiagram(after, 'a.mmd');
  const page = read(renderSvg(await layoutGraph(graph), OPTIONS));
  const values = (key: string) =>
    [...page.querySelectorAll(`[${key}]`)].map((element) => element.getAttribute(key));
  expect(values('data-node')).toEqual(['browser', 'app', 'store']);
  expect(values('data-from')).toEqual(['browser', 'app']);
  expect(values('data-to')).toEqual(['app', 'store']);
});

test('a union carries states, in classes and in signs, and is safe', async () => {
  const union = uniteGraphs(
    await parseDiagram(before, 'a.mmd'),
    await parseDiagram(after, 'a.mmd'),
  );
  const svg = renderSvg(await layoutGraph(union), OPTIONS);
  const page = read(svg);
  const state = (selector: string) => page.querySelector(selector)?.getAttribute('class');
  expect(state('[data-node=app]')).toBe('node');
  expect(state('[data-node=store]')).toBe('node added');
  expect(state('[data-node=gone]')).toBe('node removed');
  expect(state('[data-from=browser][data-to=app]')).toBe('edge changed');
  expect(page.querySelector('[data-node=store] .badge')?.textContent).toBe('+');
  expect(page.querySelector('[data-node=gone] .badge')?.textContent).toBe('−');
  expect(page.querySelector('[data-node=gone] text')?.textContent).toBe('a < b');
  expect(svg).toContain('a &lt; b');
});
