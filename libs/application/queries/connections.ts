import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  allowedActions,
  type ConnectionAction,
  type ConnectionEvent,
  type ConnectionStatus,
  connection,
  statusAt,
} from '#domain/connection';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import type { ShareSide } from '#domain/share';
import type { EventReader } from '#event-store';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import {
  type ConnectionDocument,
  connections,
  connectionsProjection,
  documentAfter,
  type PartyConnection,
  partyConnectionId,
  partyConnections,
  partyRows,
} from '#projections/connections';
import {
  type ConnectionShareCounts,
  connectionShareCounts,
  connectionSharesId,
  sharesProjection,
} from '#projections/shares';
import type { FindQuery, ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import type { Clock } from '../core/clock.ts';
import type { StreamReader } from '../core/rehearsal.ts';
import { CLOCK, EVENT_STORE, VIEWS } from '../ports.ts';
import { readHistory } from './history.ts';
import { type Listing, listPage, withItems } from './paging.ts';
import { searchedWithParties } from './search.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

type ShownStatus = Exclude<ConnectionStatus, 'none'>;

/** A connection as one of its parties reads it: by its own label (R-C1). */
export interface ConnectionView {
  readonly id: string;
  readonly status: ShownStatus;
  readonly label: string;
  readonly description?: string;
  readonly counterparty?: Counterparty;
  /** How many shares there are along it, in any status, by the reader's side of them. */
  readonly shares: Readonly<Record<ShareSide, number>>;
  /** When it reached its present status. */
  readonly since: Instant;
  /** Of the token, while it is pending. */
  readonly expiresAt?: Instant;
  readonly allowedActions: readonly ConnectionAction[];
  readonly createdAt: Instant;
  readonly revision: number;
}

export class GetConnection extends ViewQuery<ConnectionView> {
  readonly reads = [connectionsProjection.name, sharesProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly connectionId: string,
    /** The log to show it from, instead of the view: for a dry run. */
    readonly log?: StreamReader,
  ) {
    super(caller);
  }
}

export interface ConnectionFilter {
  readonly status?: ShownStatus;
  readonly counterparty?: string;
}

export class ListConnections extends ViewQuery<PageOf<ConnectionView>> {
  readonly reads = [connectionsProjection.name, sharesProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly filter: ConnectionFilter,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

/** When the token that a command issued expires. */
export class GetTokenExpiry extends ViewQuery<Instant> {
  readonly reads = [];

  constructor(
    caller: Actor,
    readonly connectionId: string,
    readonly commandId: string,
    /** The log that has the command's events. */
    readonly log?: StreamReader,
  ) {
    super(caller);
  }
}

@QueryHandler(GetConnection)
export class GetConnectionHandler implements IQueryHandler<GetConnection, ConnectionView> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller is no party to it */
  async execute({ caller, connectionId, log }: GetConnection): Promise<ConnectionView> {
    const [row, document] = log
      ? await connectionIn(log, connectionId, caller.account)
      : await Promise.all([
          this.views.get(partyConnections, partyConnectionId(connectionId, caller.account)),
          this.views.get(connections, connectionId),
        ]);
    if (row === undefined || document === undefined) throw notFound('connection');
    const [names, [counts]] = await Promise.all([namesOf(this.views, [row]), countsOf(this.views, [row])]);
    return connectionView(row, document, counts, caller, names, this.clock.now());
  }
}

@QueryHandler(ListConnections)
export class ListConnectionsHandler implements IQueryHandler<ListConnections, PageOf<ConnectionView>> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller, filter, page }: ListConnections): Promise<PageOf<ConnectionView>> {
    const now = this.clock.now();
    const text = await searchedWithParties(this.views, caller.account, page.q);
    const found = await listPage(this.views, listing(caller.account, filter, text, now), page);
    const [documents, counts, names] = await Promise.all([
      this.views.getMany(
        connections,
        found.items.map((row) => row.connectionId),
      ),
      countsOf(this.views, found.items),
      namesOf(this.views, found.items),
    ]);
    return withItems(
      found,
      found.items.flatMap((row, index) => {
        const document = documents[index];
        return document === undefined
          ? []
          : [connectionView(row, document, counts[index], caller, names, now)];
      }),
    );
  }
}

@QueryHandler(GetTokenExpiry)
export class GetTokenExpiryHandler implements IQueryHandler<GetTokenExpiry, Instant> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventReader) {}

  /** @throws Refusal `not-found`: the command issued no token */
  async execute({ caller, connectionId, commandId, log }: GetTokenExpiry): Promise<Instant> {
    const stream = streamName(connection, connectionId);
    for await (const { metadata, data } of readHistory<ConnectionEvent>(log ?? this.log, stream)) {
      const issued = metadata.commandId === commandId && metadata.actor.account === caller.account;
      if (issued && 'expiresAt' in data) return data.expiresAt;
    }
    throw notFound('connection');
  }
}

/** A connection as the view would have it, from its events. */
async function connectionIn(
  log: StreamReader,
  connectionId: string,
  account: string,
): Promise<[PartyConnection | undefined, ConnectionDocument | undefined]> {
  let document: ConnectionDocument | undefined;
  for await (const event of readHistory(log, streamName(connection, connectionId))) {
    document = documentAfter(document, event);
  }
  const rows = document === undefined ? [] : partyRows(document);
  return [rows.find((row) => row.account === account), document];
}

/** The index for most of the filter; whether a token has expired depends on the clock. */
function listing(
  account: string,
  { status, counterparty }: ConnectionFilter,
  text: FindQuery['text'],
  now: Instant,
): Listing<PartyConnection> {
  const recorded = status === 'expired' ? 'pending' : status;
  const expired = (row: PartyConnection) => row.expiresAt !== undefined && now > row.expiresAt;
  const isExact = recorded === undefined || (counterparty === undefined && recorded !== 'pending');
  const keep = (row: PartyConnection) =>
    row.status === recorded && (recorded !== 'pending' || expired(row) === (status === 'expired'));
  const by =
    counterparty !== undefined
      ? { index: 'by-counterparty', prefix: [account, counterparty] }
      : recorded !== undefined
        ? { index: 'by-status', prefix: [account, recorded] }
        : { index: 'by-account', prefix: [account] };
  return {
    collection: partyConnections,
    query: { ...by, direction: 'descending', text },
    keep: isExact ? undefined : keep,
  };
}

function namesOf(views: ViewReader, rows: readonly PartyConnection[]) {
  return counterparties(
    views,
    rows.flatMap(({ counterparty }) => counterparty ?? []),
  );
}

function countsOf(views: ViewReader, rows: readonly PartyConnection[]) {
  return views.getMany(
    connectionShareCounts,
    rows.map(({ connectionId, account }) => connectionSharesId(connectionId, account)),
  );
}

function connectionView(
  row: PartyConnection,
  { connection: state, revision }: ConnectionDocument,
  counts: ConnectionShareCounts | undefined,
  caller: Actor,
  names: ReadonlyMap<string, Counterparty>,
  now: Instant,
): ConnectionView {
  const { connectionId: id, label, description, counterparty, since, expiresAt, createdAt } = row;
  return {
    id,
    status: statusAt(state, now) as ShownStatus,
    label,
    description,
    counterparty: counterparty === undefined ? undefined : known(names, counterparty),
    shares: { requester: counts?.amounts.requester ?? 0, provider: counts?.amounts.provider ?? 0 },
    since,
    expiresAt,
    allowedActions: allowedActions(state, caller, now),
    createdAt,
    revision,
  };
}
