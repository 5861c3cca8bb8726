import { createHmac, hash } from 'node:crypto';
import { impossible } from '#domain/kernel';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/**
 * The one-time tokens of connections (R-C1). A token holds the connection's id and a secret made from the command
 * that asked for it, so that a repeated command can answer with the same token; only its hash is ever stored.
 */
export class ConnectionTokens {
  /** @param key the deployment's secret, at least 32 bytes */
  constructor(private readonly key: Uint8Array) {
    if (key.length < SECRET_BYTES)
      throw new Error(`The connection token key needs at least ${SECRET_BYTES} bytes.`);
  }

  /** The token a command issues for a connection; always the same for the same command. */
  issue(commandId: string, connectionId: string): string {
    const secret = createHmac('sha256', this.key).update(`${connectionId}/${commandId}`).digest();
    return Buffer.concat([Buffer.from(connectionId.replaceAll('-', ''), 'hex'), secret]).toString(
      'base64url',
    );
  }
}

/** A token as it was issued, though mail programs and people have put spaces and line ends around or into it. */
export function withoutWhitespace(token: string): string {
  return token.replace(/\s+/g, '');
}

/** The stored form of a token. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}

/**
 * The connection that a token names; its hash decides whether it is genuine.
 * @throws Refusal `token-invalid`
 */
export function connectionOf(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + SECRET_BYTES) throw impossible('token-invalid', 'This token is not valid.');
  const hex = bytes.toString('hex', 0, ID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
