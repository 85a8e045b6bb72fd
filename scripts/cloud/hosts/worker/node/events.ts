import EventEmitter from 'events/events.js';

export { EventEmitter };
export const { once, defaultMaxListeners } = EventEmitter;
export const listenerCount = (emitter: EventEmitter, event: string): number =>
  emitter.listenerCount(event);
export default EventEmitter;
