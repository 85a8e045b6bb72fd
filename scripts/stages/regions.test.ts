import { describe, expect, it } from 'vitest';
import { extractRegion, readRegions, stripRegions } from './regions.ts';

const CODE = `import a from 'a';

// #region app
export function app() {
  // #region route
  a.get('/');

  a.post('/');
  // #endregion route
}
// #endregion app

serve();
`;

describe('regions', () => {
  it('are read with their code, outdented, and the line that readers see', () => {
    expect(readRegions(CODE, 'app.ts')).toEqual([
      {
        name: 'app',
        code: "export function app() {\n  a.get('/');\n\n  a.post('/');\n}",
        line: 3,
      },
      { name: 'route', code: "a.get('/');\n\na.post('/');", line: 4 },
    ]);
    const seen = stripRegions(CODE).split('\n');
    expect(seen[2]).toBe('export function app() {');
    expect(seen[3]).toBe("  a.get('/');");
  });

  it('are stripped without a trace', () => {
    expect(stripRegions(CODE)).toBe(`import a from 'a';

export function app() {
  a.get('/');

  a.post('/');
}

serve();
`);
    expect(stripRegions('a\n\n// #region x\n\nb\n// #endregion x\n')).toBe('a\n\nb\n');
    expect(stripRegions('no markers\n\n\nhere\n')).toBe('no markers\n\n\nhere\n');
  });

  it.each([
    ['a slash language', '// #region x\ncode\n// #endregion x\n'],
    ['YAML and Dockerfiles', '# #region x\ncode\n# #endregion x\n'],
    ['CSS', '/* #region x */\ncode\n/* #endregion x */\n'],
    ['HTML', '<!-- #region x -->\ncode\n<!-- #endregion x -->\n'],
    ['an end without a name', '// #region x\ncode\n// #endregion\n'],
  ])('are marked in %s', (_, text) => {
    expect(readRegions(text, 'f')).toEqual([{ name: 'x', code: 'code', line: 1 }]);
    expect(stripRegions(text)).toBe('code\n');
  });

  it.each([
    [
      'a name twice',
      '// #region x\n1\n// #endregion x\n// #region x\n2\n// #endregion x',
      'f:4: expected a name of its own, found "x" a second time',
    ],
    ['no end', 'a\n// #region x\n1', 'f:2: expected "#endregion x", found none'],
    ['no start', '// #endregion x', 'f:1: expected no "#endregion", found "// #endregion x"'],
    [
      'crossed ends',
      '// #region x\n// #region y\n1\n// #endregion x',
      'f:4: expected "#endregion y", found "// #endregion x"',
    ],
    ['no name', '// #region\n1\n// #endregion', 'f:1: expected a name after "#region", found none'],
    ['no code', '// #region x\n\n// #endregion x', 'f:1: expected code in "x", found none'],
  ])('with %s fail in one line', (_, text, message) => {
    expect(() => readRegions(text, 'f')).toThrow(message);
  });

  it('that are unknown fail with the known ones', () => {
    expect(() => extractRegion(CODE, 'rout', 'app.ts')).toThrow(
      'app.ts: expected a region "rout", found "app", "route".',
    );
    expect(extractRegion(CODE, 'route', 'app.ts').line).toBe(4);
  });
});
