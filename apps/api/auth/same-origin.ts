import { HttpProblem } from '../http/problem.ts';

/** Headers by which browsers state where a request comes from. Pages cannot change them. */
export interface Provenance {
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | readonly string[] | undefined;
}

/**
 * Checks that a request was made by a page of this service: browsers also add cookies to requests of other pages.
 * @param origin of this service
 * @throws HttpProblem 403 `cross-site`
 */
export function requireSameOrigin(from: Provenance, origin: string): void {
  const site = from['sec-fetch-site'];
  const isOurs =
    (site === undefined || site === 'same-origin') &&
    (from.origin === undefined || from.origin === origin) &&
    // What says neither is no browser of today, and proves nothing.
    (site !== undefined || from.origin !== undefined);
  if (isOurs) return;
  throw new HttpProblem(403, 'cross-site', `A session is only accepted from pages of ${origin}.`);
}
