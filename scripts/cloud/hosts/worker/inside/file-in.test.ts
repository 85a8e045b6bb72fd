import { expect, test } from 'vitest';
import { fileIn } from './file-in.ts';

test('the file that put a handler there is found in the stack of every browser', () => {
  const library = 'http://localhost:4321/lab/vendor/express-CSWZPCHG.js:12:7';
  const stacks = {
    Chromium: `Error\n    at new Layer (${library})\n    at createRuleApp (/code/rule-app.ts:27:7)\n    at /code/index.ts:9:13`,
    Firefox: `Layer@${library}\ncreateRuleApp@/code/rule-app.ts:27:7\n@/code/index.ts:9:13`,
    WebKit: `Layer@${library}\ncreateRuleApp@/code/rule-app.ts:27:7\nmodule code@/code/index.ts:9:13`,
  };
  for (const stack of Object.values(stacks)) expect(fileIn('/code', stack)).toBe('rule-app.ts');
  expect(fileIn('/code/2', 'at f (/code/2/controllers/rule.ts:3:1)')).toBe('controllers/rule.ts');
  expect(fileIn('/code', `Layer@${library}`)).toBeUndefined();
  expect(fileIn('/code')).toBeUndefined();
});
