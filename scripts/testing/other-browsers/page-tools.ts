/** What a step has at hand in the page. */
export interface PageTools {
  /** Waits until something is there, at most 45 s. */
  until<Value>(what: string, find: () => Value | null | undefined | false): Promise<Value>;
  /** A visible button of the Lab, a tab included, by its name. */
  press(name: string): Promise<void>;
  readonly lab: HTMLElement;
  /** The stage's own page. */
  todo(): Promise<Document>;
}

/**
 * Makes the tools, inside the page: its text is sent there, so it may use nothing from around it.
 *
 * @example await remote.evaluate(`(${step})((${createPageTools})())`)
 */
export function createPageTools(): PageTools {
  const lab = document.querySelector<HTMLElement>('stage-lab');
  if (!lab) throw new Error('the page has no Lab');
  const until: PageTools['until'] = async (what, find) => {
    for (const began = Date.now(); Date.now() - began < 45_000;) {
      const found = find();
      if (found !== null && found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited 45 s for ${what}; the Lab says: ${lab.innerText.slice(0, 300)}`);
  };
  return {
    lab,
    until,
    async press(name) {
      const button = await until(`the button "${name}"`, () =>
        [...lab.querySelectorAll('button')].find(
          (each) =>
            each.textContent.trim() === name && !each.disabled && each.getClientRects().length > 0,
        ),
      );
      button.click();
    },
    todo: () =>
      until('the page of the stage', () => {
        const page = lab.querySelector('iframe')?.contentDocument;
        // Its script has run when it counts the todos.
        return page && /\d+ todo/.test(page.body?.innerText ?? '') ? page : undefined;
      }),
  };
}
