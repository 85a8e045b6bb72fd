import { describe, expect, it } from 'vitest';
import { columns, createTerminal } from './terminal.ts';

function painted(isTTY: boolean, environment: Record<string, string>): string {
  const stream = { isTTY, write: () => true };
  return createTerminal(stream, stream, environment).paint('red', 'x');
}

describe('the terminal', () => {
  it.each([
    ['a terminal', true, {}, true],
    ['a file or pipe', false, {}, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['both', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('with %s', (_, isTTY, environment, coloured) => {
    expect(painted(isTTY, environment)).toBe(coloured ? '\u001b[31mx\u001b[39m' : 'x');
  });

  it('keeps results and progress apart', () => {
    const written: string[] = [];
    const stream = (name: string) => ({ write: (text: string) => written.push(name + text) });
    const terminal = createTerminal(stream('out:'), stream('err:'), {});
    terminal.print('result');
    terminal.note('progress');
    expect(written).toEqual(['out:result\n', 'err:progress\n']);
    expect(terminal.interactive).toBe(false);
  });

  it('lines columns up', () => {
    expect(
      columns([
        ['1', 'one', 'x'],
        ['12', 'three', ''],
      ]),
    ).toEqual(['1   one    x', '12  three']);
  });
});
