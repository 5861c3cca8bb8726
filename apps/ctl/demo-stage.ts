import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry, NotificationView, PageOf, ShareView } from '#application';
import type { AccessType } from '#domain/installation';
import type { TransferLevel } from '#domain/share';
import type { Cast, Company } from './demo-cast.ts';
import type { Http, Person } from './demo-client.ts';
import type { Narrator } from './demo-narrator.ts';

/** The limit for background work, and the polling interval. */
const TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 20;

/** The page size for short lists. */
export const WHOLE = 'pageSize=200';

/** The content of an approval. */
export interface Approval {
  readonly level: TransferLevel;
  readonly selection: readonly string[];
  readonly accessType: AccessType;
  readonly documentIdentity?: 'giver';
}

export interface Created {
  readonly id: string;
}

/** The context of the demo: the companies, the service, and the narrator. */
export class Stage {
  /** The number of printed events of each history. */
  private readonly printed = new Map<string, number>();

  constructor(
    readonly http: Http,
    readonly narrator: Narrator,
    readonly cast: Cast,
  ) {}

  /** Prints what each party reads of a share (R-S1). */
  async bothViews(
    shareId: string,
    requester: Company,
    provider: Company,
  ): Promise<readonly [ShareView, ShareView]> {
    const read = async (company: Company) => {
      const view = await company.administrator.get<ShareView>(`/v1/shares/${shareId}`);
      const status = view.partlyRevoked ? `${view.status}, partly revoked` : view.status;
      this.narrator.view(company.name, status, view.allowedActions);
      return view;
    };
    return [await read(requester), await read(provider)];
  }

  /** Waits for background work. */
  shareUntil(reader: Company, shareId: string, reached: (share: ShareView) => boolean): Promise<ShareView> {
    return until(() => reader.administrator.get<ShareView>(`/v1/shares/${shareId}`), reached);
  }

  /** Prints events recorded since the last call; returns the types of all events. */
  async tellEvents(reader: Person, kind: 'shares' | 'installations', id: string): Promise<readonly string[]> {
    const { items } = await reader.get<PageOf<AuditEntry>>(`/v1/audit/${kind}/${id}?${WHOLE}`);
    for (const { sentence } of items.slice(this.printed.get(id) ?? 0)) this.narrator.event(sentence);
    this.printed.set(id, items.length);
    return items.map(({ type }) => type);
  }

  /** Prints new notifications of these companies; each must have some. */
  async tellNotices(...companies: readonly Company[]): Promise<void> {
    for (const { name, administrator } of companies) {
      const { items } = await administrator.get<PageOf<NotificationView>>('/v1/inbox?read=false');
      for (const { text } of items.toReversed()) this.narrator.notice(name, text);
      this.narrator.check(`${name} is notified`, items.length > 0, true);
      await administrator.post('/v1/inbox/read-all');
    }
  }

  /** Prints histories from their beginning from now on. */
  tellAgain(): void {
    this.printed.clear();
  }
}

/** Reads until the condition holds. */
export async function until<Read>(
  read: () => Promise<Read>,
  reached: (found: Read) => boolean,
): Promise<Read> {
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const found = await read();
    if (reached(found)) return found;
    if (performance.now() > deadline)
      throw new Error(`The condition was not fulfilled in time: ${JSON.stringify(found)}`);
    await sleep(POLL_INTERVAL_MS);
  }
}
