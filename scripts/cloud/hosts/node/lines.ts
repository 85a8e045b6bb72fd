/**
 * Cuts a stream of text chunks into whole lines; what has no line end yet waits for `end`.
 *
 * @example
 * const lines = createLines((line) => console.log(line));
 * lines.write('one\ntw'); // one
 * lines.end(); // tw
 */
export function createLines(onLine: (line: string) => void): {
  write(chunk: string): void;
  end(): void;
} {
  let rest = '';
  return {
    write(chunk) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    },
    end() {
      if (rest) onLine(rest);
      rest = '';
    },
  };
}
