/** Whom this tab is signed in as. Each tab has its own, so that two can be two people. */
export interface Session {
  /** The bearer token of its requests. */
  readonly token: string;
  readonly account: { readonly id: string; readonly name: string };
}

const KEY = 'tessera.session';

export function currentSession(): Session | undefined {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Session);
}

export function keepSession(session: Session): void {
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

export function endSession(): void {
  sessionStorage.removeItem(KEY);
}

const EXPIRED = 'tessera:signed-out';

/** The service does not know this tab any more: its session ends, and whoever listens leads to signing in anew. */
export function sessionExpired(): void {
  endSession();
  window.dispatchEvent(new Event(EXPIRED));
}

/** @returns what stops listening */
export function onSessionExpired(listener: () => void): () => void {
  window.addEventListener(EXPIRED, listener);
  return () => window.removeEventListener(EXPIRED, listener);
}
