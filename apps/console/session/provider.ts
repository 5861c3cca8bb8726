import type { components } from '#client';
import type { Session } from './session.ts';

// Sessions of people whom an issuer signs in: one for all tabs of a browser, in a cookie that only the service reads.

type State = components['schemas']['SignInState'];

let current: (Session & { readonly person: string }) | undefined;

export function providerSession(): Session | undefined {
  return current;
}

export function endProviderSession(): void {
  current = undefined;
  answer(false);
}

/** Tells the other tabs. */
type Told = 'signed-in' | 'signed-out';
const tabs = new BroadcastChannel('tessera-session');

/** How people sign in here; whoever has signed in by an issuer is known from then on. */
export async function wayToSignIn(): Promise<State['mode']> {
  const { mode, session } = await stateAt('/auth/session', 'GET');
  if (session?.live) take(session);
  else if (session?.renewable) await renewHere(session.person);
  return mode;
}

/** Where to go to sign in by the issuer. @param back the page to come back to */
export function signInAt(back: string, as?: 'other'): string {
  return `/auth/sign-in?${new URLSearchParams({ back, ...(as && { as }) })}`;
}

/** The page on which signing in in a window of its own ends. */
export const SIGNED_IN = '/signed-in';

/** To be called once somebody is signed in, by the tab in which they did. */
export function tellSignedIn(): void {
  tabs.postMessage('signed-in' satisfies Told);
}

/** @returns where to go on to sign out at the issuer, or to sign in again */
export async function signOut(): Promise<string> {
  const response = await fetch('/auth/sign-out', { method: 'POST', headers: naming(current?.person ?? '') });
  tabs.postMessage('signed-out' satisfies Told);
  return response.ok ? ((await response.json()) as { readonly location: string }).location : '/sign-in';
}

/** @param heard is told what happens in other tabs. @returns what stops listening */
export function onOtherTabs(heard: (told: Told) => void): () => void {
  const listen = ({ data }: MessageEvent<Told>) => heard(data);
  tabs.addEventListener('message', listen);
  return () => tabs.removeEventListener('message', listen);
}

/** Whoever has to sign in again, as those see it who show it. */
const watchers = new Set<() => void>();
let asked: { readonly answer: (signedIn: boolean) => void; readonly answered: Promise<boolean> } | undefined;
/** Whether the person of this tab wants to sign in later: nothing but what they do themselves asks again. */
let later = false;

export function watchAsked(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function isAsked(): boolean {
  return asked !== undefined;
}

/** The answer of whoever was asked to sign in again. */
export function answer(signedIn: boolean): void {
  later = !signedIn && asked !== undefined;
  asked?.answer(signedIn);
  asked = undefined;
  for (const watcher of watchers) watcher();
}

function ask(): Promise<boolean> {
  if (asked === undefined) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    asked = { answer: resolve, answered: promise };
    for (const watcher of watchers) watcher();
  }
  return asked.answered;
}

/** Whether a request that was answered with 401 may be made again, as the same person. */
export async function renewed({ method, signal }: Request): Promise<boolean> {
  if (current === undefined) return false;
  if (await renewHere(current.person)) return true;
  if (later && method === 'GET') return false;
  const given = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  return Promise.race([ask(), given]);
}

/** One tab at a time: issuers take a refresh token that comes twice for a stolen one. */
function renewHere(person: string): Promise<boolean> {
  return navigator.locks.request('tessera-session', async () => {
    try {
      const { session } = await stateAt('/auth/refresh', 'POST', person);
      return session !== undefined && take(session);
    } catch {
      return false;
    }
  });
}

/** Someone has signed in in another tab: whoever waits for it goes on, if it is the same person. */
async function heedSignIn(): Promise<void> {
  if (asked === undefined) return;
  const { session } = await stateAt('/auth/session', 'GET').catch(() => ({ session: undefined }));
  if (session?.live && take(session)) answer(true);
}

onOtherTabs((told) => {
  if (told === 'signed-in') void heedSignIn();
});

/** @returns whether it is of whom this tab shows; else all that it shows is loaded anew */
function take({ account, roles, person }: NonNullable<State['session']>): boolean {
  const before = current;
  current = { ...(account.id !== '' && { account }), roles, person };
  if (before === undefined || before.person === person) return true;
  window.location.reload();
  return false;
}

async function stateAt(path: string, method: string, person?: string): Promise<State> {
  const response = await fetch(path, { method, headers: person === undefined ? {} : naming(person) });
  if (!response.ok) throw new TypeError(`fetch of ${path} failed: ${response.status}`);
  return (await response.json()) as State;
}

function naming(person: string): Record<string, string> {
  return { 'tessera-session': person };
}
