import type { TransferLevel } from '#domain/share';
import type { EventReader } from '#event-store';
import { accountInstallations, installationsProjection } from '#projections/installations';
import { type ViewReader, ViewStoreUnavailable } from '#view-store';
import type { Candidates, Selections } from '../ports.ts';

const PAGE = 500;
const WAIT_MS = 2_000;

/** Where a page begins: at one of the selected things, and there after a page of the view. */
interface Cursor {
  readonly entry: number;
  readonly token?: string;
}

/** Finds what stands below a selection in the catalogue view, once that view is as new as the log. */
export class ViewSelections implements Selections {
  constructor(
    private readonly log: EventReader,
    private readonly views: ViewReader,
  ) {}

  async candidates(
    account: string,
    level: TransferLevel,
    selection: readonly string[],
    after?: string,
  ): Promise<Candidates> {
    const cursor: Cursor = after === undefined ? { entry: 0 } : JSON.parse(after);
    if (level === 'installation') {
      const end = cursor.entry + PAGE;
      const installations = selection.slice(cursor.entry, end);
      return { installations, next: end < selection.length ? JSON.stringify({ entry: end }) : undefined };
    }

    if (after === undefined) await this.catchUp();
    const found = await this.views.find(accountInstallations, {
      index: level === 'customer' ? 'customer-order' : 'location-order',
      prefix: [account, selection[cursor.entry] as string],
      after: cursor.token,
      limit: PAGE,
    });
    return {
      installations: found.items.map((row) => row.installationId),
      next: nextPage(cursor, found.next, selection.length),
    };
  }

  private async catchUp(): Promise<void> {
    const head = await this.log.head();
    if (await this.views.waitFor(installationsProjection.name, head, WAIT_MS)) return;
    throw new ViewStoreUnavailable('The catalogue view is behind the log.');
  }
}

function nextPage({ entry }: Cursor, token: string | undefined, entries: number): string | undefined {
  if (token !== undefined) return JSON.stringify({ entry, token });
  return entry + 1 < entries ? JSON.stringify({ entry: entry + 1 }) : undefined;
}
