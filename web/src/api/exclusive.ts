/**
 * Runs `work` in one tab at a time. Browsers give navigator.locks on https and localhost only, so on
 * a plain http address of the local network a short lease in localStorage takes its place.
 */
const LEASE_MS = 8_000;
const SETTLE_MS = 40;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export async function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && navigator.locks) return await navigator.locks.request(name, () => work());
  const key = `${name}.lease`;
  const owner = `${Date.now()}-${Math.random()}`;
  for (;;) {
    const [holder, until] = (localStorage.getItem(key) ?? '').split('|');
    if (!holder || Number(until) < Date.now()) {
      localStorage.setItem(key, `${owner}|${Date.now() + LEASE_MS}`);
      // Two tabs may write at once; the last one stays, and after a moment both can see which.
      await pause(SETTLE_MS);
      if (localStorage.getItem(key)?.startsWith(owner)) break;
    }
    await pause(SETTLE_MS);
  }
  try {
    return await work();
  } finally {
    if (localStorage.getItem(key)?.startsWith(owner)) localStorage.removeItem(key);
  }
}
