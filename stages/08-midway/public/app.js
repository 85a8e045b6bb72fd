import { PAGE_SIZE, createTodo, deleteTodos, listTodos } from './api.js';
import { createRow } from './row.js';
import { announce, clearProblem, hasName, make, showProblem, translate } from './page.js';
import { showSignIn } from './sign-in.js';
import { fill, language, words } from './words.js';

/** Long enough to type the next letter, short enough not to be waited for. */
const SEARCH_DELAY_MILLISECONDS = 250;

const create = document.querySelector('#create');
const newName = create.querySelector('input');
const newDesc = create.querySelector('textarea');
const createProblem = create.querySelector('.problem');
const filter = document.querySelector('#filter');
const section = document.querySelector('#todos');
const total = document.querySelector('#total');
const all = document.querySelector('#all');
const deleteButton = document.querySelector('#delete');
const listProblem = document.querySelector('#list-problem');
const list = document.querySelector('#list');
const empty = document.querySelector('#empty');
const pages = document.querySelector('#pages');
const dialog = document.querySelector('#confirm');

let query = { current: 1, name: '', status: '' };
let rows = new Map();
let searching;
/** Only the answer to the latest question may be shown. */
let asked = 0;

/** Shows the page that `query` asks for; answers whether it did. */
async function load() {
  asked += 1;
  const question = asked;
  section.ariaBusy = 'true';
  try {
    const { todos, total: count } = await listTodos(query);
    if (question !== asked) return false;
    const last = Math.max(1, Math.ceil(count / PAGE_SIZE));
    if (query.current > last) {
      query.current = last;
      return await load();
    }
    clearProblem(listProblem, total);
    showTodos(todos, count);
    showPages(query.current, last);
  } catch (error) {
    if (question !== asked) return false;
    showProblem(listProblem, words.notLoaded, error, load);
    if (rows.size === 0) {
      list.replaceChildren();
      empty.hidden = true;
      total.textContent = words.noList;
    }
    return false;
  } finally {
    if (question === asked) section.ariaBusy = 'false';
  }
  return true;
}

/** Rows of todos that stay keep their element, and with it a draft that is being written. */
function showTodos(todos, count) {
  rows = new Map(
    todos.map((todo) => {
      const row = rows.get(todo.key) ?? createRow(todo, findAgain);
      row.update(todo);
      return [todo.key, row];
    }),
  );
  list.replaceChildren(...[...rows.values()].map(({ element }) => element));
  total.textContent = fill(words.total, count);
  const filtered = query.name !== '' || query.status !== '';
  empty.hidden = todos.length > 0;
  empty.querySelector('p').textContent = filtered ? words.noMatch : words.empty;
  empty.querySelector('button').hidden = !filtered;
  document.querySelector('footer p').hidden = false;
  showSelection();
}

async function findAgain(key) {
  const { todos } = await listTodos(query);
  return todos.find((todo) => todo.key === key);
}

/**
 * The pages to offer: the first, the last, the current one and its neighbours; 0 stands for a gap.
 * @example pageNumbers(6, 12) // [1, 0, 5, 6, 7, 0, 12]
 */
function pageNumbers(current, last) {
  if (last <= 7) return Array.from({ length: last }, (_, index) => index + 1);
  if (current <= 4) return [1, 2, 3, 4, 5, 0, last];
  if (current >= last - 3) return [1, 0, last - 4, last - 3, last - 2, last - 1, last];
  return [1, 0, current - 1, current, current + 1, 0, last];
}

function showPages(current, last) {
  pages.hidden = last === 1;
  if (last === 1) return;
  pages.replaceChildren(
    pageButton(current - 1, words.previous, '‹', current === 1),
    ...pageNumbers(current, last).map((page) => {
      if (page === 0) return make('span', '…');
      const button = pageButton(page, fill(words.page, page), page);
      if (page === current) button.ariaCurrent = 'page';
      return button;
    }),
    pageButton(current + 1, words.next, '›', current === last),
  );

  function pageButton(page, label, content, disabled = false) {
    const button = make('button', content);
    button.ariaLabel = label;
    button.disabled = disabled;
    button.addEventListener('click', () => turnTo(page, last));
    return button;
  }
}

async function turnTo(page, last) {
  query.current = page;
  if (!(await load())) return;
  total.focus();
  announce(fill(words.pageOf, query.current, last));
}

async function search() {
  clearTimeout(searching);
  const name = filter.elements.name.value.trim();
  const status = filter.elements.status.value;
  if (name === query.name && status === query.status) return;
  query = { current: 1, name, status };
  if (await load()) announce(total.textContent);
}

function searchSoon(event) {
  if (event instanceof InputEvent && event.isComposing) return;
  clearTimeout(searching);
  searching = setTimeout(search, SEARCH_DELAY_MILLISECONDS);
}

function resetSearch() {
  filter.reset();
  query = { current: 1, name: '', status: '' };
}

/** The key of an attempt, the same for as long as the same todo is being added. */
let attempt = {};

async function add() {
  if (create.ariaBusy === 'true' || !hasName(newName)) return;
  const draft = { name: newName.value.trim(), desc: newDesc.value.trim() };
  const body = JSON.stringify(draft);
  if (attempt.body !== body) attempt = { body, key: newKey() };
  create.ariaBusy = 'true';
  try {
    await createTodo(draft, attempt.key);
  } catch (error) {
    showProblem(createProblem, words.notAdded, error, add);
    return;
  } finally {
    create.ariaBusy = 'false';
  }
  attempt = {};
  clearProblem(createProblem, newName);
  create.reset();
  if (create.contains(document.activeElement)) newName.focus();
  resetSearch();
  await load();
  announce(fill(words.added, draft.name));
}

/** `crypto.randomUUID` is missing on plain http addresses other than localhost. */
function newKey() {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

function chosenRows() {
  return [...rows.values()].filter(({ checkbox }) => checkbox.checked);
}

function showSelection() {
  const count = chosenRows().length;
  all.disabled = rows.size === 0;
  all.checked = count > 0 && count === rows.size;
  all.indeterminate = count > 0 && count < rows.size;
  deleteButton.disabled = count === 0;
  deleteButton.textContent = count === 0 ? words.delete : fill(words.deleteSome, count);
}

function confirmDelete() {
  const chosen = chosenRows();
  dialog.querySelector('h2').textContent = fill(words.confirmDelete, chosen.length);
  const names = chosen.map(({ todo }) => make('li', todo().name));
  dialog.querySelector('ul').replaceChildren(...names);
  dialog.returnValue = '';
  dialog.showModal();
  dialog.querySelector('[value=cancel]').focus();
}

async function deleteChosen() {
  const keys = chosenRows().map(({ todo }) => todo().key);
  try {
    await deleteTodos(keys);
  } catch (error) {
    showProblem(listProblem, words.notDeleted, error, deleteChosen);
    return;
  }
  total.focus();
  if (await load()) announce(fill(words.deleted, keys.length));
}

function showLanguage() {
  const other = language === 'en' ? ['zh-CN', '中文'] : ['en', 'English'];
  const link = document.querySelector('#language');
  [link.lang, link.textContent] = other;
  link.hreflang = link.lang;
  link.href = `?lang=${link.lang}`;
  document.documentElement.lang = language;
  document.title = words.title;
  translate(document);
  total.textContent = words.loading;
  document.documentElement.dataset.ready = '';
}

create.addEventListener('submit', (event) => {
  event.preventDefault();
  add();
});
filter.addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
filter.addEventListener('input', searchSoon);
filter.addEventListener('compositionend', searchSoon);
empty.querySelector('button').addEventListener('click', async () => {
  resetSearch();
  if (await load()) total.focus();
});
list.addEventListener('change', showSelection);
all.addEventListener('change', () => {
  for (const { checkbox } of rows.values()) checkbox.checked = all.checked;
  showSelection();
});
document.querySelector('#reload').addEventListener('click', async () => {
  if (await load()) announce(total.textContent);
});
deleteButton.addEventListener('click', confirmDelete);
dialog.addEventListener('click', (event) => {
  if (event.target instanceof HTMLButtonElement) dialog.close(event.target.value);
});
dialog.addEventListener('close', () => {
  if (dialog.returnValue === 'delete') deleteChosen();
});

showLanguage();
showSignIn(() => {
  clearProblem(createProblem, newName);
  load();
});
load();
