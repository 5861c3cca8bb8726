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

/** Messages between the tabs. */
type TabMessage = 'signed-in' | 'signed-out';
const tabs = new BroadcastChannel('tessera-session');

/** How people sign in here; loads the session of a person whom an issuer has signed in. */
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

/** The last page of a sign-in in a separate window. */
export const SIGNED_IN = '/signed-in';

/** Called by the tab in which somebody has signed in. */
export function announceSignIn(): void {
  tabs.postMessage('signed-in' satisfies TabMessage);
}

/** @returns the URL to sign out at the issuer, or to sign in again */
export async function signOut(): Promise<string> {
  const response = await fetch('/auth/sign-out', { method: 'POST', headers: naming(current?.person ?? '') });
  tabs.postMessage('signed-out' satisfies TabMessage);
  return response.ok ? ((await response.json()) as { readonly location: string }).location : '/sign-in';
}

/** @returns a function that stops listening */
export function onOtherTabs(listener: (message: TabMessage) => void): () => void {
  const listen = ({ data }: MessageEvent<TabMessage>) => listener(data);
  tabs.addEventListener('message', listen);
  return () => tabs.removeEventListener('message', listen);
}

/** The pending prompt to sign in again, and the components that show it. */
const watchers = new Set<() => void>();
let prompt: { readonly answer: (signedIn: boolean) => void; readonly answered: Promise<boolean> } | undefined;
/** Whether the person chose to sign in later: then only writes prompt again. */
let later = false;

export function watchPrompt(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function isPrompted(): boolean {
  return prompt !== undefined;
}

/** Answers the prompt to sign in again. */
export function answer(signedIn: boolean): void {
  later = !signedIn && prompt !== undefined;
  prompt?.answer(signedIn);
  prompt = undefined;
  for (const watcher of watchers) watcher();
}

function promptSignIn(): Promise<boolean> {
  if (prompt === undefined) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    prompt = { answer: resolve, answered: promise };
    for (const watcher of watchers) watcher();
  }
  return prompt.answered;
}

/** Whether a request that was answered with 401 may be made again, as the same person. */
export async function renewed({ method, signal }: Request): Promise<boolean> {
  if (current === undefined) return false;
  if (await renewHere(current.person)) return true;
  if (later && method === 'GET') return false;
  const aborted = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
  return Promise.race([promptSignIn(), aborted]);
}

/** One tab at a time: issuers regard a refresh token that is used twice as stolen. */
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

/** Continues after a sign-in in another tab, if it is the same person. */
async function handleSignIn(): Promise<void> {
  if (prompt === undefined) return;
  const { session } = await stateAt('/auth/session', 'GET').catch(() => ({ session: undefined }));
  if (session?.live && take(session)) answer(true);
}

onOtherTabs((message) => {
  if (message === 'signed-in') void handleSignIn();
});

/** @returns whether it is the person of this tab; else the page is reloaded */
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
