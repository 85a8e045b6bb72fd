import module from 'string_decoder/lib/string_decoder.js';

export const { StringDecoder } = module;
export default { StringDecoder };
