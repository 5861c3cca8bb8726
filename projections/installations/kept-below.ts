import type { Page, ViewReader } from '#view-store';
import { type AccountInstallation, accountInstallations } from './document.ts';

/** How many of the things are looked up together, and how many installations of each: few have more. */
const TOGETHER = 20;
const OF_EACH = 50;
const PAGE = 250;

type Level = 'customer' | 'location';

/** An installation, and the thing that it is kept under. */
interface Kept {
  readonly selected: string;
  readonly installationId: string;
}

/** The installations an account keeps under some of its customers or locations, as of the view's position. */
export class KeptBelowView {
  constructor(private readonly views: ViewReader) {}

  /**
   * Under one thing after the other, by the installations' ids, in pages.
   * @param after where given, only those under the first thing that follow this one
   */
  async *list(
    account: string,
    level: Level,
    selected: readonly string[],
    after?: string,
  ): AsyncGenerator<readonly Kept[]> {
    let token: string | undefined;
    const [first, ...others] = selected;
    if (first === undefined) return;
    if (after !== undefined) {
      do {
        const page = await this.views.find(accountInstallations, {
          ...below(account, level, first),
          from: after,
          after: token,
          limit: PAGE,
        });
        yield keptIn(first, page).filter(({ installationId }) => installationId !== after);
        token = page.next;
      } while (token !== undefined);
    }
    const whole = after === undefined ? selected : others;
    for (let start = 0; start < whole.length; start += TOGETHER) {
      const some = whole.slice(start, start + TOGETHER);
      const queries = some.map((id) => ({ ...below(account, level, id), limit: OF_EACH }));
      const pages = await this.views.findEach(accountInstallations, queries);
      for (const [index, id] of some.entries()) {
        let page = pages[index];
        while (page !== undefined) {
          yield keptIn(id, page);
          if (page.next === undefined) break;
          const rest = { ...below(account, level, id), after: page.next, limit: PAGE };
          [page] = await this.views.findEach(accountInstallations, [rest]);
        }
      }
    }
  }

  count(account: string, level: Level, selected: string): Promise<number> {
    return this.views.count(accountInstallations, below(account, level, selected));
  }
}

function below(account: string, level: Level, selected: string) {
  return { index: `${level}-order`, prefix: [account, selected] };
}

function keptIn(selected: string, { items }: Page<AccountInstallation>): Kept[] {
  return items.map(({ installationId }) => ({ selected, installationId }));
}
