import { errors } from 'jose';

/**
 * The token does not verify, has expired, or has no valid subject. The message is sent to the caller, so it has only
 * characters that are valid in a quoted header value.
 */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

/** Why a token did not verify. */
export function whyInvalid(error: unknown): InvalidToken {
  return new InvalidToken(reasonOf(error), { cause: error });
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return reasonOfClaim(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'The signature of the token does not verify.';
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return 'The token is signed with a key that its issuer does not publish.';
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return 'The token is signed with an algorithm that is not accepted.';
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return 'The token is not a signed JWT.';
  }
  return 'The token cannot be verified.';
}

function reasonOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token has no claim ${claim}.`;
  switch (claim) {
    case 'aud':
      return 'The token is for another audience.';
    case 'iss':
      return 'The token is of another issuer.';
    case 'nbf':
      return 'The token is not valid yet.';
    default:
      return `The claim ${claim} of the token is not valid.`;
  }
}
