import { fill } from '../../fill.ts';
import { button, make, setText } from './dom.ts';
import type { Edits } from './edits.ts';
import { linked } from './log-view.ts';
import type { Place } from './places.ts';
import { type Change, indent, lineRange, newLine, type Selected } from './text-keys.ts';
import type { LabWords } from './words.ts';

export interface Editor {
  readonly element: HTMLElement;
  /** Shows a file, at a line if one is given. */
  open(file: string, line?: number): void;
  /** Says what is wrong with the code, or that nothing is. */
  tell(message: string, bad?: boolean): void;
  /** Says how much of the compiler has come, 0 to 1, in steps that can be read out. */
  showCompiler(share: number): void;
  setBusy(busy: boolean): void;
}

export interface EditorOptions {
  readonly words: LabWords;
  readonly edits: Edits;
  readonly entry: string;
  onRun(): void;
  onStackBlitz(): void;
  onDownload(): void;
}

/** In percent. */
const COMPILER_STEP = 20;

/** Files that make the service; tests, documents and settings do not run here. */
const RUNS =
  /^(?!tests\/|experiments\/)(?!.*\.(test\.ts|md|lock)$)(?!(package-lock|tsconfig|stage)\.json$).*\.(ts|js|json|html|css|ya?ml|svg)$/;

/**
 * The files of the stage in a plain text field with line numbers.
 *
 * @example createEditor({ words, edits, entry: 'index.ts', onRun, onStackBlitz, onDownload }).open('app.ts', 12)
 */
export function createEditor(options: EditorOptions): Editor {
  const { words, edits } = options;
  const { code: text } = words;
  const files = Object.keys(edits.sources).filter((file) => RUNS.test(file));
  const choice = make('select', {}, ...files.map((file) => new Option(file, file)));
  const area = make('textarea', {
    ...{ spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off', rows: 20 },
    'aria-describedby': 'lab-editor-keys',
  });
  const gutter = make('div', { class: 'gutter', 'aria-hidden': 'true' });
  const message = make('p', { class: 'lab-message', role: 'status' });
  let file = files.includes(options.entry) ? options.entry : (files[0] ?? '');
  let leaving = false;

  const run = button(text.run, options.onRun, { class: 'primary' });
  const back = button(text.back, () => {
    edits.revert(file);
    show();
    options.onRun();
  });
  const backAll = button(text.backAll, () => {
    edits.revert();
    show();
    options.onRun();
  });

  function show(): void {
    area.value = edits.sources[file] ?? '';
    area.setAttribute('aria-label', fill(text.editor, { file }));
    choice.value = file;
    mark();
  }

  /** Line numbers, and which files are changed. */
  function mark(): void {
    const lines = area.value.split('\n').length;
    if (gutter.childElementCount !== lines)
      gutter.replaceChildren(
        ...Array.from({ length: lines }, (_, index) => make('span', {}, String(index + 1))),
      );
    const { changed } = edits;
    for (const option of choice.options)
      setText(
        option,
        Object.hasOwn(changed, option.value)
          ? fill(text.edited, { file: option.value })
          : option.value,
      );
    back.disabled = !Object.hasOwn(changed, file);
    backAll.hidden = Object.keys(changed).length < 2;
  }

  function press(change: (selected: Selected) => Change): void {
    const { value, selectionStart, selectionEnd } = area;
    const { from, to, insert, start, end } = change({
      ...{ text: value, start: selectionStart, end: selectionEnd },
    });
    area.setSelectionRange(from, to);
    // Deprecated, and the only way to write into a field that leaves its undo as it is.
    // oxlint-disable-next-line typescript/no-deprecated
    document.execCommand('insertText', false, insert);
    area.setSelectionRange(start, end);
  }

  area.addEventListener('input', () => {
    edits.set(file, area.value);
    mark();
  });
  area.addEventListener('scroll', () => (gutter.scrollTop = area.scrollTop));
  area.addEventListener('keydown', (event) => {
    const { key, isComposing } = event;
    if (isComposing) return;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) options.onRun();
    else if (key === 'Enter') press(newLine);
    else if (key === 'Tab' && !leaving) press((selected) => indent(selected, event.shiftKey));
    else {
      leaving = key === 'Escape' || (leaving && key === 'Shift');
      return;
    }
    leaving = false;
    event.preventDefault();
  });
  choice.addEventListener('change', () => open(choice.value));

  function open(next: string, line?: number): void {
    if (next !== file || area.value !== edits.sources[next]) {
      if (!files.includes(next)) return;
      file = next;
      show();
    }
    if (line === undefined) return;
    const { start, end } = lineRange(area.value, line);
    area.focus();
    area.setSelectionRange(start, end);
    const height = area.scrollHeight / area.value.split('\n').length;
    area.scrollTop = Math.max(0, (line - 4) * height);
  }

  show();
  const keys = make('p', { class: 'lab-quiet', id: 'lab-editor-keys' }, text.keys);
  const element = make(
    'div',
    { class: 'lab-editor' },
    make(
      'div',
      { class: 'lab-row' },
      make('label', {}, `${text.file} `, choice),
      run,
      back,
      backAll,
    ),
    message,
    make('div', { class: 'field' }, gutter, area),
    keys,
    make(
      'div',
      { class: 'lab-row' },
      button(text.download, options.onDownload),
      button(text.stackblitz, options.onStackBlitz),
    ),
  );
  return {
    element,
    open,
    setBusy: (busy) => void (run.disabled = busy),
    showCompiler(share) {
      const percent = Math.floor(share * (100 / COMPILER_STEP)) * COMPILER_STEP;
      setText(message, share < 1 ? fill(text.compiler, { percent }) : text.compiling);
    },
    tell(said, bad = false) {
      message.classList.toggle('bad', bad);
      const jump = ({ file: named, line }: Place): void => open(named, line);
      message.replaceChildren(...linked(said, files, jump));
    },
  };
}
