import { HttpProblem } from '../http/problem.ts';

const MOST = 1_000;

/**
 * The page of this service to return to after sign-in, as a path.
 * @param origin of this service
 * @throws HttpProblem 400 it is of another origin, or no path
 */
export function pageToComeBackTo(wanted: unknown, origin: string): string {
  if (wanted === undefined) return '/';
  // Browsers read a backslash as a slash, and ignore tabs and line ends: two slashes would lead to another site.
  if (typeof wanted === 'string' && wanted.length <= MOST && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) {
    const { origin: leadsTo, pathname, search, hash } = new URL(wanted, origin);
    if (leadsTo === origin && !pathname.startsWith('/auth/')) return pathname + search + hash;
  }
  const detail = 'back must be the path of a page of this service.';
  throw new HttpProblem(400, 'malformed-request', detail, {
    errors: [{ pointer: '/back', code: 'wrong-type', detail }],
  });
}
