import type { Shell } from '../../../../scripts/lab/cluster/shell.ts';
import type { ClusterWords } from './cluster-words.ts';
import { button, make } from './dom.ts';
import { createLineHistory } from './line-history.ts';

/** More text than this is scrolled through by nobody. */
const KEPT_CHARACTERS = 60_000;

export interface ShellView {
  readonly element: HTMLElement;
  /** Ends what runs: the cluster that it spoke to goes. */
  stop(): void;
}

export interface ShellViewOptions {
  readonly words: ClusterWords;
  /** The command lines of the reader's cluster; undefined while there is none. */
  shell(): Shell | undefined;
  /** Lines to try out, as the cluster is now. */
  suggestions(): readonly string[];
  /** A line is about to run. */
  onRun(line: string): void;
}

/**
 * A terminal for the cluster: a line with a history, what it printed, and lines to try out.
 *
 * @example createShellView({ words, shell: () => deployment.shell, suggestions, onRun })
 */
export function createShellView(options: ShellViewOptions): ShellView {
  const { shell: text } = options.words;
  const lines = createLineHistory();
  const output = make('pre', {
    ...{ class: 'lab-terminal', tabindex: 0, role: 'log', 'aria-label': text.label },
  });
  const input = make('input', {
    ...{ type: 'text', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' },
    ...{ 'aria-label': text.input, placeholder: 'kubectl get pods', enterkeyhint: 'go' },
  });
  const stopButton = button(text.stop, () => running?.abort(), {
    ...{ class: 'small', hidden: true, title: text.stopHint },
  });
  const go = make('button', { type: 'submit', class: 'primary' }, text.run);
  const prompt = make('span', { class: 'prompt', 'aria-hidden': 'true' }, '$');
  const bar = make('form', { class: 'lab-prompt' }, prompt, input, go, stopButton);
  const offers = make('div', { class: 'lab-offers', role: 'group', 'aria-label': text.try });
  let running: AbortController | undefined;

  function print(printed: string, kind?: string): void {
    const atEnd = output.scrollHeight - output.scrollTop - output.clientHeight < 24;
    output.append(kind === undefined ? printed : make('span', { class: kind }, printed));
    while ((output.textContent?.length ?? 0) > KEPT_CHARACTERS) output.firstChild?.remove();
    if (atEnd || kind === 'typed') output.scrollTop = output.scrollHeight;
  }

  function offer(): void {
    const fresh = options.suggestions();
    const known = [...offers.children].map((each) => each.getAttribute('data-line'));
    if (known.join('\n') === fresh.join('\n')) return;
    const hadFocus = offers.contains(document.activeElement);
    offers.replaceChildren(
      ...fresh.map((line) =>
        button(shortOf(line), () => void run(line), { class: 'small', 'data-line': line }),
      ),
    );
    if (hadFocus) input.focus();
  }

  /** With one tool its name goes without saying. */
  function shortOf(line: string): string {
    const [only, second] = options.shell()?.tools ?? [];
    return second === undefined && only !== undefined ? line.slice(only.length + 1) : line;
  }

  async function run(line: string): Promise<void> {
    if (running || line === '') return;
    lines.add(line);
    input.value = '';
    print(`$ ${line}\n`, 'typed');
    if (line === 'clear') return output.replaceChildren();
    const shell = options.shell();
    if (!shell) return print(`${text.away}\n`, 'err');
    running = new AbortController();
    const { signal } = running;
    stopButton.hidden = false;
    options.onRun(line);
    try {
      await shell.run(line === 'help' ? `${shell.tools[0]} help` : line, {
        out: (printed) => print(printed),
        err: (printed) => print(printed, 'err'),
        signal,
      });
      if (signal.aborted) print('^C\n');
    } finally {
      running = undefined;
      stopButton.hidden = true;
      offer();
    }
  }

  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(input.value.trim());
  });
  input.addEventListener('keydown', (event) => {
    const { key, ctrlKey } = event;
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      event.preventDefault();
      input.value = key === 'ArrowUp' ? lines.older(input.value) : lines.newer(input.value);
    } else if (ctrlKey && key === 'c' && input.selectionStart === input.selectionEnd) {
      running?.abort();
    } else if (ctrlKey && key === 'l') {
      event.preventDefault();
      output.replaceChildren();
    }
  });
  for (const kind of ['pointerenter', 'focusin']) bar.addEventListener(kind, offer);
  offers.addEventListener('pointerenter', offer);

  const element = make(
    'div',
    { class: 'lab-stack lab-shell' },
    make('p', { class: 'lab-quiet' }, `${text.intro} ${text.experiment}`),
    output,
    bar,
    offers,
  );
  new IntersectionObserver(offer).observe(element);
  return { element, stop: () => running?.abort() };
}
