/**
 * Scrolling through more rows than a browser can lay out. Elements end near 33 million px in Chromium
 * and near 18 million in Firefox, so a taller list scrolls over a shorter track, in proportion.
 */
export const TALLEST = 15_000_000;

export interface Track {
  /** Height of the element that is scrolled, px. */
  height: number;
  /** Height that all rows would need, px. */
  full: number;
  viewport: number;
}

export const trackOf = (rows: number, rowHeight: number, viewport: number): Track => {
  const full = rows * rowHeight;
  return { height: Math.min(full, TALLEST), full, viewport };
};

/** Where in the full list the upper edge of the viewport is. */
export function fullTop(track: Track, scrollTop: number): number {
  const most = track.height - track.viewport;
  if (most <= 0) return 0;
  const top = Math.min(Math.max(scrollTop, 0), most);
  return track.full === track.height ? top : (top / most) * (track.full - track.viewport);
}

/** The scroll position that shows the full list from there. */
export function scrollTopFor(track: Track, top: number): number {
  const most = track.height - track.viewport;
  const fullMost = track.full - track.viewport;
  if (most <= 0 || fullMost <= 0) return 0;
  const wanted = Math.min(Math.max(top, 0), fullMost);
  return track.full === track.height ? wanted : (wanted / fullMost) * most;
}

/** The rows to draw: those in the viewport and some around it. */
export function rowWindow(track: Track, rows: number, rowHeight: number, scrollTop: number, around: number) {
  const top = fullTop(track, scrollTop);
  return {
    top,
    from: Math.max(0, Math.floor(top / rowHeight) - around),
    to: Math.min(rows, Math.ceil((top + track.viewport) / rowHeight) + around),
  };
}
