import { useSyncExternalStore } from 'react';
import { type Change, type components, ProblemError } from '#client';
import type { Session } from '../session/session.ts';
import { consistency, tessera } from './client.ts';
import { observe } from './clock.ts';
import { type Kind, queryClient } from './queries.ts';

/** The queries to refetch after a change, by the kind of its subject. */
const AFFECTED: Readonly<Record<string, readonly Kind[]>> = {
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

/** Refetches are batched within this time, in milliseconds. */
const BATCH_MS = 300;
/** The same for people who follow all companies. */
const BATCH_OF_ALL_MS = 3_000;
/** For how long something is marked as just changed. */
const MARK_MS = 20_000;
/** Between two attempts where the service refuses the stream of changes. */
const RETRY_MS = 10_000;

/** The cursor from which a listener follows changes; everything read since reflects earlier changes. */
let started: { readonly listener: string; readonly cursor: string } | undefined;
let starting: { readonly listener: string; readonly done: Promise<void> } | undefined;

/** The audience of changes: the members of a company, or people of the platform with the same roles. */
export function listenerOf({ account, roles }: Session): string {
  return account?.id ?? roles.toSorted().join(' ');
}

/**
 * To be awaited before the first read, so that no change between it and the start of the stream is missed.
 * @throws ProblemError the service refuses
 */
export function startLive(session: Session): Promise<void> {
  const listener = listenerOf(session);
  if (started?.listener === listener) return Promise.resolve();
  if (starting?.listener !== listener) {
    const done = start(listener).finally(() => {
      starting = undefined;
    });
    starting = { listener, done };
  }
  return starting.done;
}

async function start(listener: string): Promise<void> {
  const { nextCursor } = await changesAfter('now');
  consistency.record(nextCursor);
  started = { listener, cursor: nextCursor };
}

/** As a list; the same operation can also answer with a stream. */
function changesAfter(cursor: string, signal?: AbortSignal): Promise<components['schemas']['ChangeList']> {
  return tessera.get('/v1/changes', { params: { query: { cursor } }, signal }) as Promise<never>;
}

interface Notice {
  readonly cursor: string;
  readonly change: Pick<Change, 'subject' | 'actor' | 'time'>;
}

/**
 * Keeps what is shown up to date, until the signal is aborted: whatever has changed is refetched. Of all tabs of an
 * audience one listens and notifies the others, as browsers allow few connections to a service.
 * @param account of which they are members
 */
export function keepLive(listener: string, account: string | undefined, signal: AbortSignal): void {
  const channel = new BroadcastChannel(`tessera-changes-${listener}`);
  let last = started?.listener === listener ? started.cursor : undefined;
  const apply = (notice: Notice) => {
    last = notice.cursor;
    applyChange(notice, account);
  };
  channel.onmessage = ({ data }: MessageEvent<Notice>) => apply(data);
  signal.addEventListener('abort', () => channel.close(), { once: true });
  if (last !== undefined) void catchUp(last, apply, signal);
  const listen = async () => {
    while (!signal.aborted) {
      try {
        for await (const { cursor, change } of tessera.changes({ cursor: last ?? 'now', signal })) {
          const { subject, actor, time } = change;
          const notice = { cursor, change: { subject, actor, time } };
          channel.postMessage(notice);
          apply(notice);
        }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        await new Promise((resume) => setTimeout(resume, RETRY_MS));
      }
    }
  };
  // Released when the tab is closed; the next tab continues after the last change it received.
  navigator.locks.request(`tessera-changes-${listener}`, { signal }, listen).catch(() => undefined);
}

/** Changes that another tab received before this one listened to it. */
async function catchUp(cursor: string, apply: (notice: Notice) => void, signal: AbortSignal): Promise<void> {
  const page = await changesAfter(cursor, signal).catch(() => undefined);
  for (const change of page?.items ?? []) apply({ cursor: page?.nextCursor ?? '', change });
}

function applyChange(
  { cursor, change: { subject, actor, time } }: Notice,
  account: string | undefined,
): void {
  observe(time);
  if (actor.account.id !== account) mark(subject.id);
  // Own writes have been refetched already.
  if (consistency.reflects(cursor)) return;
  consistency.record(cursor);
  for (const kind of AFFECTED[String(subject.kind)] ?? []) stale.add(kind);
  refetchStale(account === undefined ? BATCH_OF_ALL_MS : BATCH_MS);
}

const stale = new Set<Kind>();
let waiting = false;

/** Refetches at once, and further changes after the batching time. */
function refetchStale(together: number): void {
  if (waiting || stale.size === 0) return;
  waiting = true;
  const kinds = [...stale];
  stale.clear();
  for (const kind of kinds) void queryClient.invalidateQueries({ queryKey: [kind] });
  setTimeout(() => {
    waiting = false;
    refetchStale(together);
  }, together);
}

const marked = new Map<string, ReturnType<typeof setTimeout>>();
const watchers = new Set<() => void>();

function mark(id: string): void {
  clearTimeout(marked.get(id));
  const end = () => {
    marked.delete(id);
    notifyWatchers();
  };
  marked.set(id, setTimeout(end, MARK_MS));
  notifyWatchers();
}

function notifyWatchers(): void {
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether someone else has just changed it. */
export function useChangedJustNow(id: string): boolean {
  return useSyncExternalStore(watch, () => marked.has(id));
}
