import express, { type Router } from 'express';
import { methodNotAllowed } from '../middleware/errors.ts';
import { demoUser } from '../models/user.ts';

/**
 * `/api/currentUser`: everybody is the same demo user, until a later stage asks who is there.
 *
 * @example app.use('/api/currentUser', userController());
 */
export function userController(): Router {
  const router = express.Router();
  router
    .route('/')
    .get((_request, response) => void response.json(demoUser))
    .all(methodNotAllowed('GET', 'HEAD'));
  return router;
}
