import { make, setAttribute } from './dom.ts';

export interface Tab {
  readonly id: string;
  readonly name: string;
  readonly panel: HTMLElement;
}

/**
 * Panels of which one is seen; arrow keys move between their names
 * (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/).
 *
 * @example createTabs('Parts', [{ id: 'log', name: 'Log', panel }]).choose('log')
 */
export function createTabs(
  label: string,
  tabs: readonly Tab[],
  onChoose: (id: string) => void,
): { element: HTMLElement; choose(id: string): void; readonly chosen: string } {
  let chosen = tabs[0]?.id ?? '';
  const heads = tabs.map(({ id, name }) =>
    make(
      'button',
      { type: 'button', role: 'tab', id: `lab-tab-${id}`, 'aria-controls': `lab-panel-${id}` },
      name,
    ),
  );
  const panels = tabs.map(({ id, panel }) =>
    make(
      'div',
      { role: 'tabpanel', id: `lab-panel-${id}`, 'aria-labelledby': `lab-tab-${id}` },
      panel,
    ),
  );

  function choose(id: string): void {
    chosen = id;
    for (const [index, tab] of tabs.entries()) {
      const isChosen = tab.id === id;
      const head = heads[index];
      const panel = panels[index];
      if (!head || !panel) continue;
      setAttribute(head, 'aria-selected', String(isChosen));
      setAttribute(head, 'tabindex', isChosen ? undefined : '-1');
      panel.hidden = !isChosen;
    }
    onChoose(id);
  }

  const list = make('div', { role: 'tablist', 'aria-label': label }, ...heads);
  list.addEventListener('click', ({ target }) => {
    const index = heads.indexOf(target as HTMLButtonElement);
    const tab = tabs[index];
    if (tab) choose(tab.id);
  });
  list.addEventListener('keydown', (event) => {
    const now = heads.indexOf(event.target as HTMLButtonElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[
      event.key
    ];
    const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    choose(tab.id);
    heads[tabs.indexOf(tab)]?.focus();
  });
  return {
    element: make('div', { class: 'lab-tabs' }, list, ...panels),
    choose,
    get chosen() {
      return chosen;
    },
  };
}
