import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConnectionTokens, connectionOf, hashToken } from './connection-tokens.ts';
import { newId } from './core/ids.ts';

const tokens = new ConnectionTokens(randomBytes(32));

describe('connection tokens', () => {
  it('name their connection, and are the same for the same command only', () => {
    const [connectionId, commandId] = [newId(), newId()];
    const token = tokens.issue(commandId, connectionId);
    expect(connectionOf(token)).toBe(connectionId);
    expect(tokens.issue(commandId, connectionId)).toBe(token);
    expect(tokens.issue(newId(), connectionId)).not.toBe(token);
    expect(new ConnectionTokens(randomBytes(32)).issue(commandId, connectionId)).not.toBe(token);
  });

  it('R-C1 do not show in their hash', () => {
    const token = tokens.issue(newId(), newId());
    expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/);
    expect(token).not.toContain(hashToken(token));
  });

  it.each([
    '',
    'a',
    'not a token',
    Buffer.alloc(47).toString('base64url'),
    Buffer.alloc(49).toString('base64url'),
  ])('refuses %j', (token) => {
    expect(() => connectionOf(token)).toThrow(expect.objectContaining({ code: 'token-invalid' }));
  });

  it('asks for a key that cannot be guessed', () => {
    expect(() => new ConnectionTokens(randomBytes(31))).toThrow('32 bytes');
  });
});
