import { describe, expect, it } from 'vitest';
import { currentAge, decide, initialAge, lifetime, mayStandIn } from './freshness.ts';

const NOW = Date.UTC(2026, 10, 25);
const date = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();

function lives(headers: Record<string, string>, status = 200): number {
  return lifetime({ status, headers: new Headers(headers) }, NOW) / 1000;
}

describe('how long an object is fresh', () => {
  it.each([
    ['s-maxage before max-age', { 'cache-control': 'max-age=60, s-maxage=600' }, 600],
    ['max-age before Expires', { 'cache-control': 'max-age=60', expires: date(900) }, 60],
    ['Expires, from its own Date', { date: date(-10), expires: date(50) }, 60],
    ['Expires in the past', { expires: date(-1) }, 0],
    ['Expires that is no date', { expires: '0' }, 0],
    ['max-age that is no number', { 'cache-control': 'max-age=soon' }, 0],
    ['the first of two', { 'cache-control': 'max-age=5, max-age=500' }, 5],
    ['a quoted one', { 'cache-control': 'max-age="30"' }, 30],
    // help.aliyun.com/document_detail/120642.html: 6 s, 60 s and 8640 s as the tenth of an age.
    ['at least 10 s of a young file', { 'last-modified': date(-60) }, 10],
    ['a tenth of its age', { 'last-modified': date(-600) }, 60],
    ['at most an hour of an old one', { 'last-modified': date(-86_400) }, 3600],
    ['10 s with a tag alone', { etag: '"a"' }, 10],
    ['nothing without any of these', {}, 0],
  ])('%s', (_, headers, expected) => {
    expect(lives(headers)).toBe(expected);
  });

  it('keeps an error for a second, or as long as the origin says', () => {
    expect([lives({}, 404), lives({}, 503), lives({}, 200)]).toEqual([1, 1, 0]);
    expect(lives({ 'cache-control': 'max-age=30' }, 404)).toBe(30);
    expect(lives({ etag: '"a"' }, 302)).toBe(0);
  });
});

describe('how old an object is', () => {
  it('is what its Age says, and its way here', () => {
    const timing = { requestedAt: NOW, receivedAt: NOW + 200 };
    expect(initialAge(new Headers({ age: '5' }), timing)).toBe(5200);
    expect(initialAge(new Headers({ age: '5', date: date(-30) }), timing)).toBe(30_200);
    expect(initialAge(new Headers({ age: 'old', date: date(0) }), timing)).toBe(200);
  });

  it('grows while it is kept', () => {
    const stored = { receivedAt: NOW, initialAge: 5000, lifetime: 60_000 };
    expect(currentAge(stored, NOW + 1500)).toBe(6500);
  });
});

describe('what to do for a request', () => {
  const at = (seconds: number, cacheControl: string) => {
    const headers = new Headers({ 'cache-control': cacheControl });
    const stored = { receivedAt: NOW, initialAge: 0, lifetime: 60_000, headers };
    const now = NOW + seconds * 1000;
    return [decide(stored, now), mayStandIn(stored, now)];
  };

  it('goes by age: fresh is a hit, stale is asked about', () => {
    expect(decide(undefined, NOW)).toBe('miss');
    expect(at(59.9, 'max-age=60')[0]).toBe('hit');
    expect(at(60, 'max-age=60')).toEqual(['refresh', false]);
  });

  it('answers with an old one only where and while the origin allows it', () => {
    expect(at(69, 'max-age=60, stale-while-revalidate=10')[0]).toBe('stale');
    expect(at(70, 'max-age=60, stale-while-revalidate=10')[0]).toBe('refresh');
    expect(at(120, 'max-age=60, stale-if-error=600')).toEqual(['refresh', true]);
    expect(at(660, 'max-age=60, stale-if-error=600')).toEqual(['refresh', false]);
    expect(at(61, 'max-age=60, stale-if-error=600, must-revalidate')).toEqual(['refresh', false]);
    expect(at(61, 's-maxage=60, stale-while-revalidate=10')).toEqual(['refresh', false]);
  });
});
