import type { ViewReader } from '#view-store';
import { accountInstallations } from './document.ts';

const PAGE = 250;

type Level = 'customer' | 'location';

/** The installations an account keeps under one of its customers or locations, as of the view's position. */
export class KeptBelowView {
  constructor(private readonly views: ViewReader) {}

  /** By the installations' ids, in pages; after the one given. */
  async *list(
    account: string,
    level: Level,
    selected: string,
    after?: string,
  ): AsyncGenerator<readonly string[]> {
    let token: string | undefined;
    do {
      const page = await this.views.find(accountInstallations, {
        ...below(account, level, selected),
        from: after,
        after: token,
        limit: PAGE,
      });
      yield page.items.map(({ installationId }) => installationId).filter((id) => id !== after);
      token = page.next;
    } while (token !== undefined);
  }

  count(account: string, level: Level, selected: string): Promise<number> {
    return this.views.count(accountInstallations, below(account, level, selected));
  }
}

function below(account: string, level: Level, selected: string) {
  return { index: `${level}-order`, prefix: [account, selected] };
}
