// The program, compiled: decorators are no JavaScript yet, so `npm run build` comes before it.
module.exports = require('./dist/app/src/main.js');
