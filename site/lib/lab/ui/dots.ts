import { namedCalls, type RequestRecord } from './history.ts';

/** A dot on its way from one part to the next. */
export interface Dot {
  readonly from: string;
  readonly to: string;
  /** 0 at `from`, 1 at `to`. */
  readonly progress: number;
  readonly look: 'going' | 'good' | 'bad' | 'signal';
  /** 1 is whole, 0 is gone. */
  readonly strength: number;
  /** The function that works on the request while it is in a part. */
  readonly call?: string;
}

/** Requests as moving dots. Each takes its time, so that the eye can follow what took five milliseconds. */
export interface Dots {
  add(request: RequestRecord): void;
  /** What is no request and has no way back: a word of the control plane. */
  signal(route: readonly string[], now: number): void;
  /** Where the dots are at a time in milliseconds; moves them there. */
  frame(now: number): readonly Dot[];
  readonly busy: boolean;
  clear(): void;
}

/** From one part to the next. */
export const LEG_MS = 170;
/** For each function that a part calls. */
export const CALL_MS = 70;
/** On the way back: the answer is the less interesting half. */
export const BACK_MS = 60;
/** Between two dots that set out at the same moment, so that they can be told apart. */
export const GAP_MS = 45;
/** How long the dot of a request that got no answer is seen to fade. */
export const FADE_MS = 700;
/** More moving things than this are a blur. */
export const MOST_DOTS = 36;

interface Mover {
  readonly request: Pick<RequestRecord, 'route' | 'calls' | 'end'>;
  readonly isSignal: boolean;
  startsAt: number;
  leg: number;
  progress: number;
  back: boolean;
  /** How long it still stays in the part that it has come to. */
  stay: number;
  fadingSince?: number;
}

/**
 * Moves dots along the routes of requests. A dot that has caught up with its request waits in the part
 * where that is; when the answer is there it goes back the way it came.
 *
 * @example
 * const dots = createDots();
 * dots.add(request);
 * for (const { from, to, progress } of dots.frame(performance.now())) draw(from, to, progress);
 */
export function createDots(): Dots {
  let movers: Mover[] = [];
  let last: number | undefined;
  let nextStart = 0;

  function advance(mover: Mover, milliseconds: number): boolean {
    const { request } = mover;
    let left = milliseconds;
    while (left > 0) {
      if (mover.stay > 0) {
        const stayed = Math.min(left, mover.stay);
        mover.stay -= stayed;
        left -= stayed;
      } else if (!mover.back) {
        const isAtEnd = mover.leg >= request.route.length - 1;
        if (isAtEnd && mover.isSignal) return false;
        if (isAtEnd) {
          if (!request.end) return true;
          if (request.end.status === undefined) {
            mover.fadingSince ??= 0;
            mover.fadingSince += left;
            return mover.fadingSince < FADE_MS;
          }
          if (mover.leg === 0) return false;
          mover.back = true;
          mover.progress = 1;
          mover.leg -= 1;
          continue;
        }
        const step = Math.min(left, (1 - mover.progress) * LEG_MS);
        mover.progress += step / LEG_MS;
        left -= step;
        if (mover.progress > 0.999) {
          mover.leg += 1;
          mover.progress = 0;
          mover.stay = callsAt(mover).length * CALL_MS;
        }
      } else {
        const step = Math.min(left, mover.progress * BACK_MS);
        mover.progress -= step / BACK_MS;
        left -= step;
        if (mover.progress < 0.001) {
          if (mover.leg === 0) return false;
          mover.leg -= 1;
          mover.progress = 1;
        }
      }
    }
    return true;
  }

  function push(request: Mover['request'], at: number, isSignal: boolean): void {
    if (movers.length >= MOST_DOTS) return;
    const startsAt = Math.max(at, nextStart);
    nextStart = startsAt + GAP_MS;
    movers.push({ request, isSignal, startsAt, leg: 0, progress: 0, back: false, stay: 0 });
  }

  return {
    get busy() {
      return movers.length > 0;
    },
    clear() {
      movers = [];
    },
    add: (request) => push(request, request.sentAt, false),
    signal: (route, now) => push({ route: [...route], calls: [] }, now, true),
    frame(now) {
      const passed = last === undefined ? 0 : now - last;
      last = now;
      movers = movers.filter((mover) =>
        advance(mover, Math.max(0, Math.min(passed, now - mover.startsAt))),
      );
      return movers.filter(({ startsAt }) => startsAt <= now).map(look);
    },
  };
}

/** What is called in the part that a dot is in. */
function callsAt({ request, leg }: Mover): string[] {
  return namedCalls(request, request.route[leg]);
}

function look(mover: Mover): Dot {
  const { request, leg, progress, back, stay, fadingSince } = mover;
  const from = request.route[leg] ?? '';
  const failed = fadingSince !== undefined || (back && (request.end?.status ?? 0) >= 400);
  const calls = stay > 0 ? callsAt(mover) : [];
  const call = calls.at(-Math.ceil(stay / CALL_MS));
  return {
    ...(call !== undefined && { call }),
    from,
    to: request.route[leg + 1] ?? from,
    progress,
    look: mover.isSignal ? 'signal' : failed ? 'bad' : back ? 'good' : 'going',
    strength: fadingSince === undefined ? 1 : Math.max(0, 1 - fadingSince / FADE_MS),
  };
}
