'use strict';
// In the place of Node's assert, of which packages call the function alone, by one of its two names.

function assert(value, message = 'The expression evaluated to a falsy value') {
  if (value) return;
  if (message instanceof Error) throw message;
  throw Object.assign(new Error(message), { name: 'AssertionError', code: 'ERR_ASSERTION' });
}
assert.ok = assert;

module.exports = assert;
