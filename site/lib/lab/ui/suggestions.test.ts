import { expect, test } from 'vitest';
import { suggestionsFor } from './suggestions.ts';

test('lines name a pod and a Deployment that are there, or are left out', () => {
  const all = suggestionsFor(['kubectl'], { pod: 'todo-5d6-x2kq9', deployment: 'todo' });
  expect(all).toContain('kubectl delete pod todo-5d6-x2kq9');
  expect(all).toContain('kubectl scale deployment/todo --replicas 5');
  const few = suggestionsFor(['kubectl'], { pod: undefined, deployment: undefined });
  expect(few).toContain('kubectl get pods');
  expect(few.filter((line) => /POD|DEPLOYMENT|undefined/.test(line))).toEqual([]);
  expect(all.length - few.length).toBe(8);
  expect(suggestionsFor([], { pod: 'a', deployment: 'b' })).toEqual([]);
});
