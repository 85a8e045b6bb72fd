// In the place of the package @midwayjs/logger, most of which turns files on a disk over: a function's log is
// its console.
export const loggers = { getLogger: (): Console => console };
