import { createPageTools } from './page-tools.ts';
import type { InPage, Remote } from './remote.ts';

const PAGE = '/stages/02-file-db/';

/** What a reader does first with a Lab, in the order in which it is done. */
export const STEPS: readonly { readonly title: string; readonly work: InPage }[] = [
  {
    title: 'starts',
    async work({ lab, press, until }) {
      await press('Start the Lab');
      await until('a start', () => lab.dataset['state'] === 'running');
    },
  },
  {
    title: 'shows the todo page, which keeps a todo',
    async work({ todo, until }) {
      const page = await todo();
      const name = page.querySelector<HTMLInputElement>('form input');
      if (!name) throw new Error('the todo page has no field for a name');
      name.value = 'Buy milk';
      name.form?.requestSubmit();
      await until('the todo in the list', () => page.body.innerText.includes('Buy milk'));
    },
  },
  {
    title: 'sends 50 requests that are answered',
    async work({ lab, press, until }) {
      await press('Send 50 requests');
      await until('50 good answers', () => lab.innerText.includes('50 answered well, 0 not'));
    },
  },
  {
    title: 'confirms every experiment',
    async work({ lab, press, until }) {
      await press('Experiments');
      const choices = [...lab.querySelectorAll<HTMLElement>('.lab-choices button')];
      if (choices.length < 3) throw new Error(`found ${choices.length} experiments, expected 3`);
      for (const choice of choices) {
        choice.click();
        await press('Run the experiment');
        const verdict = await until('a verdict', () => lab.querySelector('.verdict'));
        if (!verdict.classList.contains('confirmed'))
          throw new Error(`${choice.innerText}: ${(verdict as HTMLElement).innerText}`);
      }
    },
  },
  {
    title: 'runs changed code',
    async work({ lab, press, until }) {
      await press('Code');
      const file = lab.querySelector<HTMLSelectElement>('.lab-editor select');
      const editor = lab.querySelector<HTMLTextAreaElement>('.lab-editor textarea');
      if (!file || !editor) throw new Error('the Lab has no editor');
      file.value = 'app.ts';
      file.dispatchEvent(new Event('change'));
      editor.value = editor.value.replace("status: 'ok'", "status: 'changed' as string");
      editor.dispatchEvent(new Event('input'));
      await press('Run with this code');
      await until('the change to run', () => lab.innerText.includes('Runs with your change'));
      const address = lab.querySelector<HTMLInputElement>('.lab-address input');
      if (!address) throw new Error('the Lab has no address bar');
      address.value = '/healthz';
      address.form?.requestSubmit();
      await until('the changed answer', () =>
        lab.querySelector('iframe')?.contentDocument?.body?.innerText.includes('"changed"'),
      );
    },
  },
  {
    title: 'asks nobody else, and ends',
    async work({ lab, press, until }) {
      const strangers = performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.startsWith('http') && !name.startsWith(location.origin));
      if (strangers.length > 0) throw new Error(strangers.map(({ name }) => name).join(' '));
      await press('End the Lab');
      await until('the end', () => lab.dataset['state'] === 'idle');
    },
  },
];

/**
 * Takes the steps one after the other and answers how many went well; stops at the first that did not.
 *
 * @example const { passed, problem } = await smoke(remote, 'http://localhost:4321');
 */
export async function smoke(
  remote: Remote,
  url: string,
): Promise<{ passed: number; problem: string | undefined }> {
  let passed = 0;
  await remote.go(url + PAGE);
  for (const { title, work } of STEPS) {
    try {
      await remote.evaluate(
        `(${work.toString().replace(/^async work/, 'async function')})((${createPageTools.toString()})())`,
      );
    } catch (error) {
      return { passed, problem: `${title}: ${(error as Error).message}` };
    }
    passed += 1;
  }
  return { passed, problem: undefined };
}
