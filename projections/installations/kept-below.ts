import type { Page, ViewReader } from '#view-store';
import { accountInstallations, installationOf } from './document.ts';

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
    const [first, ...others] = selected;
    if (first === undefined) return;
    if (after !== undefined) yield* this.#following(account, level, first, after);
    const whole = after === undefined ? selected : others;
    for (let start = 0; start < whole.length; start += TOGETHER) {
      const some = whole.slice(start, start + TOGETHER);
      const queries = some.map((id) => ({ ...below(account, level, id), limit: OF_EACH }));
      const pages = await this.views.findIds(accountInstallations, queries);
      for (const [index, id] of some.entries()) yield* this.#all(account, level, id, pages[index]);
    }
  }

  /** Those under one thing, of which the first page has been read. */
  async *#all(account: string, level: Level, selected: string, first: Page<string> | undefined) {
    for (let page = first; page !== undefined; ) {
      yield page.items.map((row) => ({ selected, installationId: installationOf(row) }));
      if (page.next === undefined) return;
      const rest = { ...below(account, level, selected), after: page.next, limit: PAGE };
      [page] = await this.views.findIds(accountInstallations, [rest]);
    }
  }

  /** Those under one thing that follow one of them. */
  async *#following(account: string, level: Level, selected: string, after: string) {
    let token: string | undefined;
    do {
      const page = await this.views.find(accountInstallations, {
        ...below(account, level, selected),
        from: after,
        after: token,
        limit: PAGE,
      });
      const ids = page.items.map(({ installationId }) => installationId).filter((id) => id !== after);
      yield ids.map((installationId) => ({ selected, installationId }));
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
