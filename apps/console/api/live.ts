import { useSyncExternalStore } from 'react';
import { type Change, type components, ProblemError } from '#client';
import type { Session } from '../session/session.ts';
import { consistency, tessera } from './client.ts';
import { observe } from './clock.ts';
import { type Kind, queryClient } from './queries.ts';

/** What may read otherwise once something of that kind has changed. */
const CONCERNED: Readonly<Record<string, readonly Kind[]>> = {
  account: ['account', 'companies', 'connections', 'audit'],
  connection: ['connections', 'inbox', 'account', 'shares', 'audit'],
  customer: ['customers', 'audit'],
  location: ['locations', 'audit'],
  building: ['buildings', 'audit'],
  installation: ['installations', 'activities', 'access', 'inbox', 'account', 'audit', 'dashboard'],
  share: ['shares', 'connections', 'dashboard', 'inbox', 'account', 'access', 'audit'],
  inbox: ['inbox', 'account', 'dashboard'],
  import: ['imports', 'customers', 'locations', 'buildings', 'installations'],
  webhook: ['webhooks', 'inbox', 'account', 'audit'],
};

/** Many changes at once, as of an import, are asked for together. Milliseconds. */
const TOGETHER = 300;
/** The same for whoever is told of all companies, of which some company always does something. Milliseconds. */
const TOGETHER_OF_ALL = 3_000;
/** For so long something is marked as changed just now. Milliseconds. */
const JUST_NOW = 20_000;
/** Between two attempts where the service refuses to tell of changes. Milliseconds. */
const AFTER_REFUSAL = 10_000;

/** Where someone's changes are followed from: what was read since reflects everything before. */
let begun: { readonly listener: string; readonly cursor: string } | undefined;
let beginning: { readonly listener: string; readonly begun: Promise<void> } | undefined;

/** Whom changes are told to: the members of a company alike, people of the platform by their roles. */
export function listenerOf({ account, roles }: Session): string {
  return account?.id ?? roles.toSorted().join(' ');
}

/**
 * To be awaited before anything is read, so that nothing happens unnoticed between the first reads and the first change
 * that is told.
 * @throws ProblemError the service refuses
 */
export function beginLive(session: Session): Promise<void> {
  const listener = listenerOf(session);
  if (begun?.listener === listener) return Promise.resolve();
  if (beginning?.listener !== listener) {
    const done = begin(listener).finally(() => {
      beginning = undefined;
    });
    beginning = { listener, begun: done };
  }
  return beginning.begun;
}

async function begin(listener: string): Promise<void> {
  const { nextCursor } = await changesAfter('now');
  consistency.record(nextCursor);
  begun = { listener, cursor: nextCursor };
}

/** As a list; the operation answers with a stream, too, where that is asked for. */
function changesAfter(cursor: string, signal?: AbortSignal): Promise<components['schemas']['ChangeList']> {
  return tessera.get('/v1/changes', { params: { query: { cursor } }, signal }) as Promise<never>;
}

interface Told {
  readonly cursor: string;
  readonly change: Pick<Change, 'subject' | 'actor' | 'time'>;
}

/**
 * Keeps what is shown as new as it is, until the signal is aborted: whatever someone changes is asked for again. Of all
 * tabs of those who are told the same one listens and tells the others: browsers allow a service few connections.
 * @param account of which they are members
 */
export function keepLive(listener: string, account: string | undefined, signal: AbortSignal): void {
  const channel = new BroadcastChannel(`tessera-changes-${listener}`);
  let last = begun?.listener === listener ? begun.cursor : undefined;
  const take = (told: Told) => {
    last = told.cursor;
    heed(told, account);
  };
  channel.onmessage = ({ data }: MessageEvent<Told>) => take(data);
  signal.addEventListener('abort', () => channel.close(), { once: true });
  if (last !== undefined) void catchUp(last, take, signal);
  const listen = async () => {
    while (!signal.aborted) {
      try {
        for await (const { cursor, change } of tessera.changes({ cursor: last ?? 'now', signal })) {
          const { subject, actor, time } = change;
          const told = { cursor, change: { subject, actor, time } };
          channel.postMessage(told);
          take(told);
        }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        await new Promise((resume) => setTimeout(resume, AFTER_REFUSAL));
      }
    }
  };
  // Released when the tab is closed; the next in line goes on after the last change it heard of.
  navigator.locks.request(`tessera-changes-${listener}`, { signal }, listen).catch(() => undefined);
}

/** What another tab has told before this one listened to it. */
async function catchUp(cursor: string, take: (told: Told) => void, signal: AbortSignal): Promise<void> {
  const page = await changesAfter(cursor, signal).catch(() => undefined);
  for (const change of page?.items ?? []) take({ cursor: page?.nextCursor ?? '', change });
}

function heed({ cursor, change: { subject, actor, time } }: Told, account: string | undefined): void {
  observe(time);
  if (actor.account.id !== account) mark(subject.id);
  // What this tab has written itself, it has asked for already.
  if (consistency.reflects(cursor)) return;
  consistency.record(cursor);
  for (const kind of CONCERNED[String(subject.kind)] ?? []) stale.add(kind);
  askAgain(account === undefined ? TOGETHER_OF_ALL : TOGETHER);
}

const stale = new Set<Kind>();
let waiting = false;

/** At once, and then not sooner than a little later. */
function askAgain(together: number): void {
  if (waiting || stale.size === 0) return;
  waiting = true;
  const kinds = [...stale];
  stale.clear();
  for (const kind of kinds) void queryClient.invalidateQueries({ queryKey: [kind] });
  setTimeout(() => {
    waiting = false;
    askAgain(together);
  }, together);
}

const marked = new Map<string, ReturnType<typeof setTimeout>>();
const watchers = new Set<() => void>();

function mark(id: string): void {
  clearTimeout(marked.get(id));
  const end = () => {
    marked.delete(id);
    tellWatchers();
  };
  marked.set(id, setTimeout(end, JUST_NOW));
  tellWatchers();
}

function tellWatchers(): void {
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether someone else changed it a moment ago. */
export function useChangedJustNow(id: string): boolean {
  return useSyncExternalStore(watch, () => marked.has(id));
}
