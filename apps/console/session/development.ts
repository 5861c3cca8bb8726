import { problemOf } from '#client';
import type { Session } from './session.ts';

const KEY = 'tessera.session';

export function developmentSession(): Session | undefined {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Session);
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

export type DevelopmentRole = 'technician' | 'manager' | 'administrator';

export async function developmentAccounts(): Promise<readonly DevelopmentAccount[]> {
  const { items } = await answerTo<{ readonly items: readonly DevelopmentAccount[] }>('/dev/accounts');
  return items;
}

export async function signInTo(account: Session['account'], role: DevelopmentRole): Promise<Session> {
  const body = JSON.stringify({ account: account.id, roles: [role] });
  const headers = { 'content-type': 'application/json' };
  const { token } = await answerTo<{ readonly token: string }>('/dev/sign-in', {
    method: 'POST',
    headers,
    body,
  });
  return { token, account: { id: account.id, name: account.name } };
}

async function answerTo<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(path, init);
  const body = (await response.json()) as unknown;
  if (!response.ok) throw problemOf(response, body);
  return body as Answer;
}
