import { ApiError } from './api.js';
import { words, wordsOf } from './words.js';

/**
 * Fills what names its words: `data-word`, `data-word-label`, `data-word-placeholder`.
 * @example translate(document)
 */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-word], [data-word-label]')) {
    const { word, wordLabel, wordPlaceholder } = element.dataset;
    if (word) element.textContent = wordsOf(word);
    if (wordLabel) element.ariaLabel = wordsOf(wordLabel);
    if (wordPlaceholder) element.placeholder = wordsOf(wordPlaceholder);
  }
}

/**
 * A copy of a template's first element, in the reader's language.
 * @example fromTemplate('#row')
 */
export function fromTemplate(selector) {
  const copy = document.importNode(document.querySelector(selector).content, true);
  translate(copy);
  return copy.firstElementChild;
}

/**
 * An element with this content.
 * @example make('li', 'Buy milk')
 */
export function make(tag, ...content) {
  const element = document.createElement(tag);
  element.append(...content);
  return element;
}

/**
 * Tells those who hear the page what those who look at it see.
 * @example announce('Saved Buy milk.')
 */
export function announce(message) {
  document.querySelector('#announcement').textContent = message;
}

/**
 * Shows what went wrong where it did, with a button to try again if that may help.
 * @example showProblem(place, 'Not saved.', error, () => save())
 */
export function showProblem(place, title, error, retry) {
  const known = error instanceof ApiError ? error : new ApiError(0, 'PAGE', String(error));
  const { status, code, message, passing } = known;
  const hadFocus = place.contains(document.activeElement);
  const detail = make('span', message || wordsOf(code));
  if (message) detail.lang = 'en';
  const hint = status === 401 ? ` ${words.signIn} ` : ' ';
  const mark = make('code', `${code} ${status || ''}`);
  place.replaceChildren(make('p', make('strong', title), hint, detail, ' ', mark));
  if (!retry || !passing) return;
  const button = make('button', words.tryAgain);
  button.type = 'button';
  button.addEventListener('click', retry);
  place.append(button);
  if (hadFocus) button.focus();
}

/**
 * Takes a problem away; the focus goes to `next` if it was there.
 * @example clearProblem(place, nameField)
 */
export function clearProblem(place, next) {
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren();
  if (hadFocus) next.focus();
}

/**
 * Whether a name is written; asks for it if not.
 * @example if (!hasName(field)) return;
 */
export function hasName(field) {
  if (field.value.trim()) return true;
  field.setCustomValidity(words.nameNeeded);
  field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
  return field.reportValidity();
}
