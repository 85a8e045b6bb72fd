import { expect, it } from 'vitest';
import { errorAnswer, lateError } from './errors.ts';

const ID = 'a325b967-ef5b-4aa3-a329-c6bb0df72948';

it('an error of the code is 430 with its stack as one text', () => {
  const error = { errorType: 'Error', errorMessage: 'err msg', stackTrace: ['at main_handler'] };
  const { status, body } = errorAnswer('handlerFailed', error, ID);
  expect([status, JSON.parse(body)]).toEqual([
    430,
    {
      errorCode: -1,
      errorMessage: 'user code exception caught',
      requestId: ID,
      stackTrace: 'Error: err msg\nat main_handler',
      statusCode: 430,
    },
  ]);
});

it('a time-out is 433 and says after how many seconds', () => {
  const { status, body } = errorAnswer('timedOut', lateError(3), ID);
  expect([status, JSON.parse(body)]).toEqual([
    433,
    {
      errorCode: -1,
      errorMessage: 'Invoking task timed out after 3 seconds',
      requestId: ID,
      statusCode: 433,
    },
  ]);
});

it.each([
  ['throttled', 432, 'ResourceLimitReached'],
  ['noSuchFunction', 435, 'FunctionNotFound'],
  ['handlerMissing', 437, 'HandlerNotFound'],
  ['instanceExited', 439, 'User process exit when running'],
  ['outOfMemory', 434, 'MemoryLimitReached'],
  ['moduleFailed', 443, 'UserCodeError'],
  ['startTimedOut', 450, 'InitContainerTimeout'],
  ['badRequest', 406, 'RequestTooLarge'],
  ['responseTooLarge', 407, 'The size of response exceeds the upper limit (6MB)'],
] as const)('%s is %i', (problem, status, errorMessage) => {
  const answer = errorAnswer(problem, { errorMessage: 'x' }, ID);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject({ errorMessage, statusCode: status });
});
