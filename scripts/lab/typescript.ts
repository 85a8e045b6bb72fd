import type TypeScript from 'typescript';
import { keepLines } from './keep-lines.ts';
import { SourceError } from './source-error.ts';

/** The part of TypeScript that compiles one module by itself. */
export type Transpiler = Pick<
  typeof TypeScript,
  | 'transpileModule'
  | 'createSourceFile'
  | 'forEachChild'
  | 'SyntaxKind'
  | 'flattenDiagnosticMessageText'
  | 'getLineAndCharacterOfPosition'
>;

/** Of tsconfig.json what makes a difference to the code; the rest is about checking, or about files. */
const EMITTED = [
  'emitDecoratorMetadata',
  'experimentalDecorators',
  'target',
  'useDefineForClassFields',
  'verbatimModuleSyntax',
];

/**
 * The options by which the Lab compiles a stage: its own, but for modules, which a tab loads as a browser does.
 *
 * @example labOptions({ target: 'es2023', module: 'nodenext' }) // { target: 'es2023', module: 'esnext', ... }
 */
export function labOptions(own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(own).filter(([name]) => EMITTED.includes(name))),
    ...{ module: 'esnext', moduleResolution: 'bundler', isolatedModules: true },
    ...{ importHelpers: true, removeComments: true, sourceMap: true },
  };
}

/**
 * Compiles a module as the stage's own compiler does, and keeps its lines.
 *
 * @example transpile(ts, 'src/a.ts', 'const a: number = 1;', options) // 'const a = 1;'
 */
export function transpile(
  ts: Transpiler,
  path: string,
  text: string,
  options: Readonly<Record<string, unknown>>,
): string {
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    // As tsconfig.json spells them: TypeScript reads its names itself.
    compilerOptions: options as TypeScript.CompilerOptions,
  });
  const [fault] = diagnostics ?? [];
  if (fault) {
    const what = ts.flattenDiagnosticMessageText(fault.messageText, '\n');
    const { line, character } = fault.file
      ? ts.getLineAndCharacterOfPosition(fault.file, fault.start ?? 0)
      : { line: 0, character: 0 };
    throw new SourceError(path, line + 1, character + 1, what);
  }
  const { mappings } = JSON.parse(sourceMapText ?? '{"mappings":""}') as { mappings: string };
  const code = outputText.replaceAll('\r\n', '\n').replace(/\n?\/\/# sourceMappingURL=.*\n?$/, '');
  return keepLines(code, { mappings, source: text, inTemplates: linesInTemplates(ts, code) });
}

/** The lines that begin inside of a template, from 0: there a line end is a character. */
function linesInTemplates(ts: Transpiler, code: string): ReadonlySet<number> {
  const lines = new Set<number>();
  if (!code.includes('`')) return lines;
  const file = ts.createSourceFile('compiled.js', code, { languageVersion: 99 });
  const look = (node: TypeScript.Node): void => {
    const { FirstTemplateToken, LastTemplateToken } = ts.SyntaxKind;
    if (node.kind >= FirstTemplateToken && node.kind <= LastTemplateToken) {
      // Blanks before it belong to it as well.
      const begin = node.pos + code.slice(node.pos).search(/\S/);
      const first = ts.getLineAndCharacterOfPosition(file, begin).line;
      const last = ts.getLineAndCharacterOfPosition(file, node.end).line;
      for (let line = first + 1; line <= last; line += 1) lines.add(line);
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return lines;
}
