// Packages that are what Node's own modules are, so their types are Node's.
declare module 'readable-stream' {
  export { default } from 'node:stream';
}
declare module 'buffer/index.js' {
  const module: typeof import('node:buffer');
  export default module;
}
declare module 'events/events.js' {
  export { default } from 'node:events';
}
declare module 'string_decoder/lib/string_decoder.js' {
  const module: typeof import('node:string_decoder');
  export default module;
}
declare module 'path-browserify' {
  const module: typeof import('node:path').posix;
  export default module;
}
