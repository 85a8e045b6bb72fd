// What `npm test -- e2e` tells the browser tests. Without it they use what `npm start` serves and the
// browser that Playwright has downloaded.

/** Where the built course is served, without a slash at its end. */
export const COURSE_URL = process.env['COURSE_URL'] ?? 'http://localhost:4321';

export const CHROMIUM = process.env['CHROMIUM_PATH'];

/** Flags for a browser that talks to nobody but the page under test. */
export const FLAGS = (process.env['CHROMIUM_FLAGS'] ?? '').split(' ').filter(Boolean);
