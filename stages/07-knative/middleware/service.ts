import type { RequestHandler } from 'express';

/** Which revision has answered: Knative tells a program who it is. The last one that sets it is the one that worked. */
export const revisionHeader: RequestHandler = (_request, response, next) => {
  response.set('X-Revision', process.env['K_REVISION'] ?? 'none');
  next();
};

export const health: RequestHandler = (_request, response) => {
  response.json({ success: true, status: 'ok' });
};
