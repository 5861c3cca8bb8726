import { problemOf } from '#client';
import type { Role, Session } from './session.ts';

const KEY = 'tessera.session';

export function developmentSession(): Session | undefined {
  const kept = sessionStorage.getItem(KEY);
  const session = kept === null ? undefined : (JSON.parse(kept) as Partial<Session>);
  // A session stored by an earlier version has no roles.
  return session?.roles && { ...session, roles: session.roles };
}

export function keepDevelopmentSession(session: Session): void {
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

export function endDevelopmentSession(): void {
  sessionStorage.removeItem(KEY);
}

// What a service offers only where it is tried out; it is no part of its API.

/** An account that can be signed in to, and what waits there. */
export interface DevelopmentAccount {
  readonly id: string;
  readonly kind: 'service' | 'connect';
  readonly name: string;
  readonly waiting: { readonly toEvaluate: number; readonly toProcess: number; readonly unread: number };
}

/** What a member of a company may be. */
export const MEMBER_ROLES = ['administrator', 'manager', 'technician'] as const satisfies readonly Role[];
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** What those may be who are members of no company. */
export const PLATFORM_ROLES = ['auditor', 'operator'] as const satisfies readonly Role[];
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

/** Whom one may be. */
export type DevelopmentPerson =
  | { readonly account: NonNullable<Session['account']>; readonly role: MemberRole }
  | { readonly account?: undefined; readonly role: PlatformRole };

export async function developmentAccounts(): Promise<readonly DevelopmentAccount[]> {
  const { items } = await answerTo<{ readonly items: readonly DevelopmentAccount[] }>('/dev/accounts');
  return items;
}

export async function signInAs({ account, role }: DevelopmentPerson): Promise<Session> {
  const roles = [role];
  const body = JSON.stringify({ account: account?.id ?? '', roles });
  const headers = { 'content-type': 'application/json' };
  const { token } = await answerTo<{ readonly token: string }>('/dev/sign-in', {
    method: 'POST',
    headers,
    body,
  });
  return { token, roles, ...(account && { account: { id: account.id, name: account.name } }) };
}

async function answerTo<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(path, init);
  const body = (await response.json()) as unknown;
  if (!response.ok) throw problemOf(response, body);
  return body as Answer;
}
