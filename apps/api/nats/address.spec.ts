import { describe, expect, it } from '@jest/globals';
import { Environment, InvalidConfig } from '../../environment.ts';
import { readNatsAddress } from './address.ts';

const read = (NATS_URL?: string) => {
  const env = new Environment({ NATS_URL });
  return env.checked(readNatsAddress(env));
};

describe('the address of NATS', () => {
  it('is absent unless it is set', () => {
    expect(read()).toBeUndefined();
  });

  it.each([
    ['nats://nats', { servers: ['nats:4222'], tls: false }],
    ['tls://nats.example:4443', { servers: ['nats.example:4443'], tls: true }],
    ['nats://[::1]:4222/', { servers: ['[::1]:4222'], tls: false }],
    ['nats://a:1,nats://b:2', { servers: ['a:1', 'b:2'], tls: false }],
    ['nats://token@nats', { servers: ['nats:4222'], tls: false, login: { token: 'token' } }],
    [
      'nats://us:p%40ss@a,nats://us:p%40ss@b',
      { servers: ['a:4222', 'b:4222'], tls: false, login: { user: 'us', pass: 'p@ss' } },
    ],
  ])('is read from %s', (url, address) => {
    expect(read(url)).toEqual(address);
  });

  it.each([
    '',
    'nats',
    'nats:4222',
    'http://nats',
    'nats://',
    'nats://nats/path',
    'nats://a,tls://b',
    'nats://a:secret@a,nats://a:other@b',
    'nats://a,',
    'nats://us:100%@a',
    'nats://us:%ff@a',
  ])('is refused as "%s", without repeating a secret', (url) => {
    expect(() => read(url)).toThrow(InvalidConfig);
    expect(() => read(url)).toThrow(/NATS_URL must (?!.*secret)/);
  });
});
