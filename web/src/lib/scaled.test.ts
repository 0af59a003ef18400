import { describe, expect, it } from 'vitest';
import { fullTop, rowWindow, scrollTopFor, TALLEST, trackOf } from './scaled';

describe('a track of a list', () => {
  it('is as high as the list while a browser can lay it out', () => {
    const track = trackOf(1000, 32, 400);
    expect(track.height).toBe(32_000);
    expect(fullTop(track, 1234)).toBe(1234);
    expect(scrollTopFor(track, 1234)).toBe(1234);
  });

  it('ends at the last row of a million', () => {
    const track = trackOf(1_000_000, 32, 400);
    expect(track.height).toBe(TALLEST);
    const { to, top } = rowWindow(track, 1_000_000, 32, TALLEST - 400, 4);
    expect(to).toBe(1_000_000);
    expect(top + 400).toBe(32_000_000);
    expect(rowWindow(track, 1_000_000, 32, 0, 4)).toEqual({ top: 0, from: 0, to: 17 });
  });

  it('goes there and back', () => {
    const track = trackOf(1_000_000, 32, 640);
    for (const top of [0, 32, 123_456, 31_999_360]) {
      expect(fullTop(track, scrollTopFor(track, top))).toBeCloseTo(top, 3);
    }
  });

  it('keeps within the list', () => {
    const track = trackOf(3, 32, 400);
    expect(fullTop(track, 50)).toBe(0);
    expect(rowWindow(track, 3, 32, 50, 8)).toEqual({ top: 0, from: 0, to: 3 });
    expect(fullTop(trackOf(1_000_000, 32, 400), TALLEST * 2)).toBe(32_000_000 - 400);
  });
});
