// Entry of every npm script: `node scripts/setup/run.mjs SCRIPT.ts [arguments]`.
// Old Node versions must be able to read this file as far as the refusal: no modern syntax here.
var major = Number(process.versions.node.split('.')[0]);

/** The oldest Node that can read the rest of this folder. */
var OLDEST_NODE = 18;

/** @param {string} line */
function refuse(line) {
  process.stderr.write(line + '\n');
  process.exit(64);
}

if (process.platform === 'win32') {
  refuse(
    'E_SETUP_WINDOWS: native Windows is not supported. Run the same command in WSL: https://learn.microsoft.com/windows/wsl/install',
  );
} else if (major < OLDEST_NODE) {
  refuse(
    'E_SETUP_NODE: Node 20 or newer is needed, this is ' +
      process.version +
      '. Get one from https://nodejs.org and run the same command again.',
  );
} else {
  import('./start.mjs')
    .then(function (setup) {
      return setup.start(process.argv[2], process.argv.slice(3));
    })
    .catch(function (error) {
      // A failure of the set-up is one line; anything else is a bug and shows where it is.
      process.stderr.write(
        (error.code && error.exitCode ? error.code + ': ' + error.message : error.stack) + '\n',
      );
      process.exit(error.exitCode || 70);
    });
}
