import type { RefusalDetail, RefusalKind } from '#domain/kernel';

/** RFC 9457, with the members of ours that clients may rely on. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable; names the rule that refused. */
  readonly code: string;
  readonly errors?: readonly RefusalDetail[];
  readonly currentStatus?: string;
  readonly allowedActions?: readonly string[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  409: 'Not allowed in this state',
  412: 'Changed in the meantime',
  413: 'Too large',
  415: 'Unsupported media type',
  417: 'Expectation failed',
  422: 'Impossible',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Unavailable',
};

export const STATUS_OF_REFUSAL: Readonly<Record<RefusalKind, number>> = {
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  impossible: 422,
};

/** A problem the HTTP edge itself finds; the rules' own refusals are `Refusal`s. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly extra: Pick<Problem, 'errors'> & {
      readonly retryAfterSeconds?: number;
      /** How to sign in, for `WWW-Authenticate`. */
      readonly challenge?: string;
    } = {},
  ) {
    super(detail);
  }
}

/** The problem document for a status and code. */
export function problem(
  status: number,
  code: string,
  detail: string,
  extra: Partial<Pick<Problem, 'errors' | 'currentStatus' | 'allowedActions'>> = {},
): Problem {
  return { type: `/problems/${code}`, title: TITLES[status] ?? 'Problem', status, detail, code, ...extra };
}
