import { Readable } from 'node:stream';
import { Controller, Get, Inject } from '@nestjs/common';
import {
  CHANGES_READ,
  type ChangePage,
  type ChangeScope,
  type ChangeSelection,
  type Changes,
} from '#changes';
import { type ChangeType, cursorAt, everyChangeType, isChangeType } from '#contracts';
import { type Actor, forbidden } from '#domain/kernel';
import { type Position, START } from '#event-store';
import type { Log } from '#subscriptions';
import { Guard } from '../auth/guard.ts';
import { cursor, lastEventPosition } from '../changes/cursor.ts';
import { eventStream } from '../changes/event-stream.ts';
import { type Listener, Listeners } from '../changes/listeners.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyId, type Parameter, parameters, wholeNumber } from '../http/list-request.ts';
import { waitsIdly } from '../http/load-limit.ts';
import { HttpProblem } from '../http/problem.ts';
import { Reads } from '../http/reads.ts';
import type { ChangeList } from '../openapi/answers.ts';
import { StreamsChanges } from '../openapi/describe.ts';

export const CHANGES = Symbol('Changes');
export const LOG = Symbol('Log');

const DEFAULT_PAGE_SIZE = 50;
const MOST_PAGE_SIZE = 200;
const MOST_WAIT_SECONDS = 30;
/** For how long a search for matching changes may take before an empty page is answered. */
const SEARCH_MS = 500;

/** Names of changes, with commas between them. */
const changeTypeList: Parameter<ReadonlySet<ChangeType>> = {
  wanted: `some of ${everyChangeType.join(', ')}; with commas between them`,
  schema: { type: 'string', maxLength: 2_000 },
  parse: (text) => {
    const names = text.split(',');
    return names.every(isChangeType) ? new Set(names) : undefined;
  },
};

const PARAMETERS = {
  cursor,
  types: changeTypeList,
  subject: anyId,
  wait: wholeNumber(0, MOST_WAIT_SECONDS),
  pageSize: wholeNumber(1, MOST_PAGE_SIZE),
};

/** What happened that concerns the caller: in pages, held until there is something, or as it happens. */
@Controller('v1/changes')
export class ChangesController {
  constructor(
    private readonly reads: Reads,
    private readonly listeners: Listeners,
    @Inject(CHANGES) private readonly changes: Changes,
    @Inject(LOG) private readonly log: Log,
    private readonly guard: Guard,
  ) {}

  @Get()
  @StreamsChanges(PARAMETERS)
  async tell(@Http() http: Exchange): Promise<ChangeList | Readable> {
    const { cursor, types, subject, wait = 0, pageSize = DEFAULT_PAGE_SIZE } = parameters(http, PARAMETERS);
    const selection: ChangeSelection = { of: scopeOf(http.caller), types, subject };
    const { method } = http.request;
    if (method === 'GET' && acceptsEvents(http)) return this.stream(http, selection, cursor);
    using listener = method === 'GET' && wait > 0 ? this.listen(http) : undefined;
    return await this.reads.of(http, CHANGES_READ, async () => {
      const after = await this.placeOf(cursor);
      const page = listener
        ? await this.awaited(after, pageSize, selection, wait * 1000, listener)
        : await this.found(after, pageSize, selection);
      return { items: page.items.map(({ change }) => change), nextCursor: cursorAt(page.upTo) };
    });
  }

  /** The next page that is not empty, unless time is up or the search for one takes long. */
  private async found(after: Position, limit: number, selection: ChangeSelection): Promise<ChangePage> {
    const until = performance.now() + SEARCH_MS;
    for (let from = after; ; ) {
      const page = await this.changes.read(from, limit, selection);
      if (page.items.length > 0 || page.caughtUp || performance.now() >= until) return page;
      from = page.upTo;
    }
  }

  private async awaited(
    after: Position,
    limit: number,
    selection: ChangeSelection,
    waitMs: number,
    { signal }: Listener,
  ): Promise<ChangePage> {
    const until = performance.now() + waitMs;
    for (let from = after; ; ) {
      const page = await this.found(from, limit, selection);
      const timeoutMs = until - performance.now();
      if (page.items.length > 0 || timeoutMs <= 0 || signal.aborted) return page;
      from = page.caughtUp
        ? await this.changes.wait(page.upTo, selection.of, { timeoutMs, signal })
        : page.upTo;
    }
  }

  private async stream(
    http: Exchange,
    selection: ChangeSelection,
    cursor: Position | 'now' | undefined,
  ): Promise<Readable> {
    const { request, reply } = http;
    const last = request.headers['last-event-id'];
    const after = await this.placeOf(
      typeof last === 'string' && last !== '' ? lastEventPosition(last) : cursor,
    );
    const { signal } = this.listen(http);
    reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies would hold small events back otherwise.
      'x-accel-buffering': 'no',
    });
    const { changes, log } = this;
    const mayListen = () => this.guard.mayStill(request);
    return Readable.from(eventStream({ changes, selection, after, signal, mayListen, log }));
  }

  /** Waits until its request is answered, or its client has gone. */
  private listen({ request, reply, caller }: Exchange): Listener {
    const listener = this.listeners.open(caller.account);
    waitsIdly(request);
    reply.raw.once('close', listener.end);
    return listener;
  }

  /** @throws HttpProblem 400 the log has never come to that cursor */
  private async placeOf(cursor: Position | 'now' | undefined): Promise<Position> {
    if (cursor === 'now') return this.changes.now();
    if (cursor === undefined || (await this.changes.isReached(cursor))) return cursor ?? START;
    const detail = 'The cursor is of another log than this service has, or of a part of it that was lost.';
    throw new HttpProblem(400, 'invalid-cursor', detail);
  }
}

/**
 * The changes that the caller may read.
 * @throws Refusal `forbidden`: it acts for no account, and has no role of the platform
 */
function scopeOf({ account, roles }: Actor): ChangeScope {
  if (account !== '') return { account };
  if (roles.includes('service') || roles.includes('auditor')) return 'everyone';
  if (roles.includes('operator')) return 'companies';
  throw forbidden('Changes can be read by members of accounts, services, auditors and operators.');
}

function acceptsEvents({ request }: Exchange): boolean {
  const accepted = (request.headers.accept ?? '').toLowerCase().split(',');
  return accepted.some((range) => range.split(';')[0]?.trim() === 'text/event-stream');
}
