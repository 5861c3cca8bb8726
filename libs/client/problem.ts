import type { components } from './schema.ts';

type Described = components['schemas']['Problem'];

/** Every code of this release; a later service may answer with others. */
export type ProblemCode = Described['code'];

/** Why a request was refused, as RFC 9457 describes it. */
export interface Problem extends Omit<Described, 'code'> {
  readonly code: ProblemCode | (string & {});
}

/** The service refused a request. `problem.code` names the rule. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    readonly headers: Headers,
  ) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }

  get code(): Problem['code'] {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/**
 * The problem in an answer; the answer of anything in between, such as a proxy, has the code `unknown`.
 * @param body as parsed, or as text where it is no JSON
 */
export function problemOf({ status, statusText, headers }: Response, body: unknown): ProblemError {
  if (headers.get('content-type')?.startsWith('application/problem+json')) {
    return new ProblemError(body as Problem, headers);
  }
  const detail = (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 500);
  return new ProblemError(
    { type: 'about:blank', title: statusText, status, detail, code: 'unknown' },
    headers,
  );
}
