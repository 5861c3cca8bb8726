import { errors } from 'jose';

/**
 * The token is not one of ours, has expired, or does not say who asks. Its message tells whoever sent it why, in signs
 * that a header may hold between quotes.
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
    return 'The token is signed with an algorithm that is not taken.';
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return 'The token is no signed JWT.';
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
      return `The claim ${claim} of the token is not as it must be.`;
  }
}
