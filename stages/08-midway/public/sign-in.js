import { currentUser, register, signIn, signOut } from './api.js';
import { announce } from './page.js';
import { fill, words, wordsOf } from './words.js';

/** Who wants to look around takes this one: it is everybody's, so it guards nothing. */
const DEMO = { userName: 'demo', password: 'serverless' };

const user = document.querySelector('#user');
const enter = document.querySelector('#sign-in');
const leave = document.querySelector('#sign-out');
const dialog = document.querySelector('#account');
const form = dialog.querySelector('form');
const problem = form.querySelector('.problem');
const { userName, password } = form.elements;

/**
 * Shows who has signed in and lets the reader do so; `changed` is told when that is somebody else.
 * @example showSignIn(() => load())
 */
export function showSignIn(changed) {
  enter.addEventListener('click', () => {
    problem.textContent = '';
    dialog.showModal();
    userName.focus();
  });
  leave.addEventListener('click', async () => {
    await signOut();
    await showUser();
    enter.focus();
    changed();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attemptWritten();
  });
  form.addEventListener('click', ({ target }) => {
    if (target.value === 'cancel') dialog.close();
    if (target.value === 'demo') attempt(DEMO);
    if (target.value === 'register') attemptWritten(register);
  });

  function attemptWritten(first) {
    if (!form.reportValidity()) return;
    attempt({ userName: userName.value.trim(), password: password.value }, first);
  }

  async function attempt(credentials, first) {
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    try {
      await first?.(credentials);
      await signIn(credentials);
    } catch (error) {
      problem.textContent = wordsOf(error.code) || error.message || error.code;
      return;
    } finally {
      form.ariaBusy = 'false';
    }
    form.reset();
    dialog.close();
    announce(await showUser());
    changed();
  }
  return showUser();
}

async function showUser() {
  const name = await currentUser().catch(() => '');
  user.textContent = name && fill(words.user, name);
  enter.hidden = name !== '';
  leave.hidden = name === '';
  return user.textContent;
}
