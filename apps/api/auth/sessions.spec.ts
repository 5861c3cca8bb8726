import { describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/kernel';
import { type Session, Sessions } from './sessions.ts';

const ORIGIN = 'https://tessera.example';
const NAME = '__Host-tessera-session';
const key = (of: number) => new Uint8Array(32).fill(of);
const ann: Actor = { account: 'a-1', user: 'ann', roles: ['manager'] };
const session = (more: Partial<Session> = {}): Session => ({ id: 's', actor: ann, until: 1_000, ...more });

const asking = (cookie: string) => ({ headers: { cookie, 'sec-fetch-site': 'same-origin' } });
const cookieOf = (setCookie: string) => setCookie.split(';', 1)[0] as string;

describe('sessions', () => {
  it('are accepted by every service with the same secret, and by no other', async () => {
    const cookie = cookieOf(await new Sessions(key(1), ORIGIN, () => 0).setCookie(session()));
    expect(await new Sessions(key(1), ORIGIN, () => 0).callerOf(asking(cookie))).toEqual(ann);
    await expect(new Sessions(key(2), ORIGIN, () => 0).callerOf(asking(cookie))).rejects.toMatchObject({
      status: 401,
      code: 'invalid-session',
    });
  });

  it('are bound to the host where there is TLS', async () => {
    const sessions = new Sessions(key(1), ORIGIN);
    expect(await sessions.setCookie(session())).toMatch(
      new RegExp(`^${NAME}=[\\w.-]+; Path=/; HttpOnly; SameSite=Strict; Secure$`),
    );
    expect(sessions.removed()).toBe(`${NAME}=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0`);
    const unbound = cookieOf(await sessions.setCookie(session())).replace('__Host-', '');
    expect(await sessions.callerOf(asking(unbound))).toBeUndefined();
  });

  it('end at their time', async () => {
    let now = 999;
    const sessions = new Sessions(key(1), ORIGIN, () => now);
    const cookie = cookieOf(await sessions.setCookie(session()));
    expect(await sessions.callerOf(asking(`other=1; ${cookie}`))).toEqual(ann);
    now = 1_000;
    await expect(sessions.callerOf(asking(cookie))).rejects.toMatchObject({ code: 'session-expired' });
  });

  it('fit into a cookie, if necessary without optional tokens', async () => {
    const sessions = new Sessions(key(1), ORIGIN, () => 0);
    const roundTrip = async (more: Partial<Session>) =>
      sessions.in(asking(cookieOf(await sessions.setCookie(session(more)))));
    const long = 'x'.repeat(2_500);
    expect(await roundTrip({ refreshToken: 'r', idToken: 'i' })).toMatchObject({
      refreshToken: 'r',
      idToken: 'i',
    });
    expect(await roundTrip({ refreshToken: long, idToken: long })).toEqual(session({ refreshToken: long }));
    expect(await roundTrip({ refreshToken: 'x'.repeat(4_000), idToken: 'i' })).toEqual(session());
  });
});
