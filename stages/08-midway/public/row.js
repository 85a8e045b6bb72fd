import { ApiError, updateTodo } from './api.js';
import { announce, clearProblem, fromTemplate, hasName, make, showProblem } from './page.js';
import { fill, formatTime, words, wordsOf } from './words.js';

/**
 * One todo's line: shows it, edits it in place, saves it, and settles conflicts with other writers.
 * `findAgain` asks the server how the todo with a key is now.
 * @example list.append(createRow(todo, findAgain).element)
 */
export function createRow(first, findAgain) {
  const element = fromTemplate('#row');
  const checkbox = element.querySelector('input');
  const form = element.querySelector('form');
  const name = form.querySelector('input');
  const desc = form.querySelector('textarea');
  const status = form.querySelector('select');
  const edit = form.querySelector('.edit');
  const problem = form.querySelector('.problem');

  let todo = first;
  let editing = false;
  /** The version that the reader's draft began from. */
  let base = first.version;
  /** Saves wait for one another: each sends the version that the one before it made. */
  let queue = Promise.resolve();
  let waiting = 0;

  function update(latest) {
    todo = latest;
    showText(element, todo);
    if (!editing && waiting === 0) showStatus(element, todo.status);
  }

  function setEditing(on) {
    const hadFocus = form.contains(document.activeElement);
    editing = on;
    for (const part of form.querySelectorAll('[data-when]')) {
      part.hidden = (part.dataset.when === 'editing') !== on;
    }
    name.value = todo.name;
    desc.value = todo.desc;
    base = todo.version;
    showStatus(element, todo.status);
    problem.replaceChildren();
    if (on) name.focus();
    else if (hadFocus) edit.focus();
  }

  function save(change) {
    waiting += 1;
    form.ariaBusy = 'true';
    queue = queue.then(() => send(change));
  }

  async function send(change) {
    try {
      const saved = await updateTodo({ key: todo.key, ...change() });
      waiting -= 1;
      clearProblem(problem, status);
      update(saved);
      if (editing) setEditing(false);
      announce(fill(words.saved, saved.name));
    } catch (error) {
      waiting -= 1;
      await refuse(error, () => save(change));
    }
    form.ariaBusy = String(waiting > 0);
  }

  async function refuse(error, retry) {
    const conflict = error instanceof ApiError && error.status === 409;
    const current = conflict ? await findAgain(todo.key).catch(() => undefined) : undefined;
    if (current) base = current.version;
    update(current ?? todo);
    showProblem(problem, conflict ? explainConflict(current) : words.notSaved, error, retry);
  }

  function explainConflict(current) {
    if (!current) return words.vanished;
    if (!editing) return words.reverted;
    return fill(words.changed, current.name, wordsOf(`status${current.status}`));
  }

  status.addEventListener('change', () => {
    const chosen = Number(status.value);
    showStatus(element, chosen);
    if (!editing) save(() => ({ status: chosen, version: todo.version }));
  });
  edit.addEventListener('click', () => {
    queue = queue.then(() => setEditing(true));
  });
  form.querySelector('.cancel').addEventListener('click', () => setEditing(false));
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && editing && !event.isComposing) setEditing(false);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (waiting > 0 || !editing || !hasName(name)) return;
    const draft = {
      name: name.value.trim(),
      desc: desc.value.trim(),
      status: Number(status.value),
    };
    save(() => ({ ...draft, version: base }));
  });

  update(first);
  return { element, checkbox, update, todo: () => todo };
}

function showText(element, { name, desc, callNo, owner, createdAt, updatedAt }) {
  element.querySelector('h3').textContent = name;
  element.querySelector('.description').textContent = desc;
  element.querySelector('.number').textContent = callNo ?? '';
  element.querySelector('input').ariaLabel = fill(words.select, name);
  element.querySelector('select').ariaLabel = fill(words.statusOf, name);
  for (const button of element.querySelectorAll('.controls button')) {
    button.ariaLabel = `${button.textContent} ${name}`;
  }
  element
    .querySelector('.about')
    .replaceChildren(
      make('span', owner),
      timeOf(words.created, createdAt),
      updatedAt === createdAt ? '' : timeOf(words.updated, updatedAt),
    );
}

function showStatus(element, status) {
  element.dataset.status = status;
  element.querySelector('select').value = status;
  element.querySelector('use').setAttribute('href', `#mark-${status}`);
}

function timeOf(label, moment) {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '';
  const time = make('time', formatTime(date));
  time.dateTime = date.toISOString();
  return make('span', `${label} `, time);
}
