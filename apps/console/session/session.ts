import type { components } from '#client';
import { developmentSession, endDevelopmentSession } from './development.ts';
import { endProviderSession, providerSession, renewed } from './provider.ts';

export type Role = components['schemas']['Role'];

/** The session of this tab, and the credentials of its requests. */
export interface Session {
  /** None for people of the platform, who are members of no company. */
  readonly account?: { readonly id: string; readonly name: string };
  readonly roles: readonly Role[];
  /** In development, where each tab has its own, so that two can be two people. */
  readonly token?: string;
  /** Where an issuer signs people in. The cookie of the session is out of reach of this page; this names whose it is. */
  readonly person?: string;
}

/** The session that requests are made with. */
export function currentSession(): Session | undefined {
  return developmentSession() ?? providerSession();
}

export function endSession(): void {
  endDevelopmentSession();
  endProviderSession();
}

const EXPIRED = 'tessera:signed-out';

/** Ends the session of this tab; listeners navigate to sign-in. */
function sessionExpired(): void {
  endSession();
  window.dispatchEvent(new Event(EXPIRED));
}

/** @returns a function that stops listening */
export function onSessionExpired(listener: () => void): () => void {
  window.addEventListener(EXPIRED, listener);
  return () => window.removeEventListener(EXPIRED, listener);
}

/**
 * Sends a request as whom this tab is signed in as. Where the session is over, it waits until it is renewed or its
 * person has signed in again, and is then sent as it was: nothing is lost, and nothing is done twice.
 */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const session = currentSession();
  const response = await fetch(signed(request, session));
  if (response.status !== 401) return response;
  if (session?.token !== undefined) sessionExpired();
  else if (await renewed(request)) return fetch(signed(again, currentSession()));
  return response;
}

function signed(request: Request, session: Session | undefined): Request {
  if (session?.token !== undefined) request.headers.set('authorization', `Bearer ${session.token}`);
  if (session?.person !== undefined) request.headers.set('tessera-session', session.person);
  return request;
}
