import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { InvalidToken } from '../auth/invalid-token.ts';
import { IssuerUnavailable } from '../auth/issuer-keys.ts';

/** Why someone is not signed in; the console has a sentence for each. */
export type SignInFailure =
  /** It took too long, was started in another browser, or was completed before. */
  | 'expired'
  /** The person or the issuer refused it. */
  | 'denied'
  /** The issuer does not answer. */
  | 'unavailable'
  /** The issuer does not accept this service as a client, or its tokens are not for it: a matter for operators. */
  | 'refused'
  | 'no-role'
  | 'no-account'
  /** The account that the issuer names does not exist here. */
  | 'unknown-account';

/** Transient errors of OAuth. */
const PASSING = ['temporarily_unavailable', 'server_error'];

/** No answer, or none that could be read as one. */
const NO_ANSWER = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
];

/** The kind of failure of a call to the issuer; `undefined` for unexpected errors. */
export function failureOf(error: unknown): SignInFailure | undefined {
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'denied';
    return PASSING.includes(error.error) ? 'unavailable' : 'refused';
  }
  if (error instanceof ResponseBodyError) {
    // A code that was used, or a refresh token that has ended.
    if (error.error === 'invalid_grant') return 'expired';
    return PASSING.includes(error.error) ? 'unavailable' : 'refused';
  }
  if (error instanceof IssuerUnavailable) return 'unavailable';
  if (error instanceof InvalidToken) return 'refused';
  if (error instanceof ClientError) return NO_ANSWER.includes(error.code ?? '') ? 'unavailable' : 'refused';
  // What `fetch` throws when there is no connection.
  return error instanceof TypeError && error.message === 'fetch failed' ? 'unavailable' : undefined;
}

/** The reason for the log: the issuer's description, without tokens. */
export function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return [error.error, error.error_description].filter(Boolean).join(': ').slice(0, 500);
  }
  const { message, cause } = error as Error;
  return cause instanceof Error && !(error instanceof InvalidToken)
    ? `${message}: ${cause.message}`
    : message;
}
