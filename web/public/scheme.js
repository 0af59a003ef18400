// Runs before the first paint, so that a dark page never flashes light. Kept out of index.html:
// the content policy allows no inline script.
(() => {
  let scheme = null;
  try {
    scheme = localStorage.getItem('sextant.scheme');
  } catch {
    // Storage may be blocked; the system's preference decides then.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
