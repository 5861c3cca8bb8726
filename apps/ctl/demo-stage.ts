import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry, NotificationView, PageOf, ShareView } from '#application';
import type { AccessType } from '#domain/installation';
import type { TransferLevel } from '#domain/share';
import type { Cast, Company } from './demo-cast.ts';
import type { Http, Person } from './demo-client.ts';
import type { Narrator } from './demo-narrator.ts';

/** How long background work may take, and how often it is looked after. */
const PATIENCE_MS = 30_000;
const BETWEEN_LOOKS_MS = 20;

/** Of lists that are short. */
export const WHOLE = 'pageSize=200';

/** What a provider agrees to give. */
export interface Approval {
  readonly level: TransferLevel;
  readonly selection: readonly string[];
  readonly accessType: AccessType;
  readonly documentIdentity?: 'giver';
}

export interface Created {
  readonly id: string;
}

/** Where the story is told: the companies, the service, and who tells what they read. */
export class Stage {
  /** Of each history, how many events have been told. */
  private readonly told = new Map<string, number>();

  constructor(
    readonly http: Http,
    readonly narrator: Narrator,
    readonly cast: Cast,
  ) {}

  /** Tells what each party reads of a share (R-S1). */
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

  /** Waits for what the background brings. */
  shareUntil(reader: Company, shareId: string, reached: (share: ShareView) => boolean): Promise<ShareView> {
    return until(() => reader.administrator.get<ShareView>(`/v1/shares/${shareId}`), reached);
  }

  /** Tells what has been recorded since it was last told; gives the types of all of it. */
  async tellEvents(reader: Person, kind: 'shares' | 'installations', id: string): Promise<readonly string[]> {
    const { items } = await reader.get<PageOf<AuditEntry>>(`/v1/audit/${kind}/${id}?${WHOLE}`);
    for (const { sentence } of items.slice(this.told.get(id) ?? 0)) this.narrator.event(sentence);
    this.told.set(id, items.length);
    return items.map(({ type }) => type);
  }

  /** Tells what is new in these companies' inboxes: there must be something. */
  async tellNotices(...companies: readonly Company[]): Promise<void> {
    for (const { name, administrator } of companies) {
      const { items } = await administrator.get<PageOf<NotificationView>>('/v1/inbox?read=false');
      for (const { text } of items.toReversed()) this.narrator.notice(name, text);
      this.narrator.check(`${name} is told`, items.length > 0, true);
      await administrator.post('/v1/inbox/read-all');
    }
  }

  /** From here on histories are told from their beginning. */
  tellAgain(): void {
    this.told.clear();
  }
}

/** Reads until it has come about. */
export async function until<Read>(
  read: () => Promise<Read>,
  reached: (found: Read) => boolean,
): Promise<Read> {
  const patientUntil = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    if (reached(found)) return found;
    if (performance.now() > patientUntil) throw new Error(`It has not come about: ${JSON.stringify(found)}`);
    await sleep(BETWEEN_LOOKS_MS);
  }
}
