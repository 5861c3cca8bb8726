import type { AuditEntry } from '#application';
import type { Instant } from '#domain/kernel';
import { type Counterparty, known } from '#projections/accounts';
import { type Content, type Html, html } from './html.ts';
import { facts, TABLE_END, tableHead, time } from './page.ts';

/** The state of a share, as far as its reader may know it. */
export interface ShareReport {
  readonly id: string;
  /** As the history gives it. */
  readonly state: object;
  /** The accounts that the state names, by id. */
  readonly accounts: ReadonlyMap<string, Counterparty>;
  readonly pages: AsyncIterable<readonly AuditEntry[]>;
}

/** What became of one installation of the package. */
interface Item {
  readonly name: string | undefined;
  placedAt?: Instant;
  endedAt?: Instant;
  end?: string;
}

/** The request and its terms, the history with actors, and who had access to which installation from when to when. */
export async function* shareReport({ id, state, accounts, pages }: ShareReport): AsyncGenerator<Html> {
  yield head(id, state as Readonly<Record<string, unknown>>, accounts);
  yield html`<h2>What happened</h2>
${tableHead('Time', 'By', 'What', 'Event')}`;
  const items = new Map<string, Item>();
  for await (const entries of pages) {
    for (const entry of entries) follow(items, entry);
    yield html`${entries.map(happened)}`;
  }
  yield TABLE_END;
  if (items.size === 0) return;
  yield html`<h2>Access by installation</h2>
${tableHead('Installation', 'From', 'Until', 'How it ended')}`;
  for (const some of chunks([...items], ROWS)) yield html`${some.map(accessed)}`;
  yield TABLE_END;
}

/** How many rows are written at once. */
const ROWS = 200;

function head(id: string, state: Readonly<Record<string, unknown>>, accounts: ShareReport['accounts']): Html {
  const {
    name,
    explanation,
    requester,
    provider,
    status,
    level,
    terms,
    counts,
    requestedAt,
    availableAt,
    processedAt,
    revokedAt,
  } = state;
  const { accessType, documentIdentity, approvedAt } = (terms ?? {}) as Readonly<Record<string, unknown>>;
  const numbers = Object.entries((counts ?? {}) as Readonly<Record<string, number>>)
    .filter(([, number]) => number > 0)
    .map(([what, number]) => `${number} ${what}`);
  return facts([
    ['Share', text(name)],
    ['Explanation', text(explanation)],
    ['Id', html`<code>${id}</code>`],
    ['Requester', party(text(requester), accounts)],
    ['Provider', party(text(provider), accounts)],
    ['Status', text(status)],
    ['Level', text(level)],
    ['Type of access', text(accessType)],
    ['Documents are issued by', text(documentIdentity)],
    ['Requested', time(text(requestedAt))],
    ['Approved', time(text(approvedAt))],
    ['Available', time(text(availableAt))],
    ['Processed', time(text(processedAt))],
    ['Revoked', time(text(revokedAt))],
    ['Installations', numbers.join(', ') || undefined],
  ]);
}

function party(id: string | undefined, accounts: ShareReport['accounts']): Content {
  return id && html`${known(accounts, id).name}<br><code>${id}</code>`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function happened({ id, time: at, actor, sentence }: AuditEntry): Html {
  const { account, user, role, service } = actor;
  const who = user === undefined ? account.name : `${user} of ${account.name}`;
  return html`<tr><td class="time">${time(at)}</td>
<td>${who} (${role})${service && html`, by the service ${service}`}</td><td>${sentence}</td><td><code>${id}</code></td></tr>
`;
}

/** The event as its reader may see it: what is hidden from it is not in its data. */
function follow(items: Map<string, Item>, { type, data }: AuditEntry): void {
  const ids = (data.installations ?? []) as readonly string[];
  const update = (change: Omit<Item, 'name'>) => {
    for (const installationId of ids) {
      items.set(installationId, { ...(items.get(installationId) ?? { name: undefined }), ...change });
    }
  };
  switch (type) {
    case 'SharePackageBatchCollected':
      for (const item of (data.items ?? []) as readonly Readonly<Record<string, string>>[]) {
        items.set(item.installationId ?? '', { name: item.reference });
      }
      return;
    case 'ShareItemsPlaced':
      update({ placedAt: text(data.placedAt) });
      return;
    case 'ShareItemsDeclined':
      update({ end: 'Declined' });
      return;
    case 'ShareItemsWithdrawn': {
      const { kind, code, reason } = data.cause as Readonly<Record<string, string>>;
      const why = [code, reason].filter(Boolean).join(': ');
      update({ endedAt: text(data.withdrawnAt), end: why === '' ? kind : `${kind} (${why})` });
      return;
    }
    default:
      return;
  }
}

function accessed([id, { name, placedAt, endedAt, end }]: readonly [string, Item]): Html {
  const never: Content = placedAt === undefined ? 'never' : time(placedAt);
  const until = endedAt === undefined ? placedAt && 'now' : time(endedAt);
  return html`<tr><td>${name && html`${name}<br>`}<code>${id}</code></td>
<td class="time">${never}</td><td class="time">${until}</td><td>${end}</td></tr>
`;
}

function* chunks<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
