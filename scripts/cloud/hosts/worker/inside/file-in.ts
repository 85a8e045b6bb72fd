/**
 * The first file of the program in a stack, as every browser writes one.
 *
 * @example fileIn('/code', 'at createApp (/code/app.ts:12:7)') // 'app.ts'
 */
export function fileIn(folder: string, stack = ''): string | undefined {
  for (const [, path = ''] of stack.matchAll(/(?:^|[\s(@])(?:file:\/\/)?(\/[^\s()]*?):\d+/gm))
    if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  return undefined;
}
