/** Where to go after logging in: only places of this page, never another site. */
export function nextPlace(search: URLSearchParams): string {
  const next = search.get('next');
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}
