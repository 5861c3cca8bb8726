import type { Revocation } from './revocation.ts';

type Loss = Revocation['downstream'][number];

/** A company that loses access, below one that does. */
export interface Losing {
  readonly account: string;
  readonly above: string;
  readonly name: string;
  readonly lost: number;
  readonly kept: number;
}

/**
 * Each company that loses access with another one, once, below the first that gave it what it loses; nearest first.
 * @param top the account that loses what is revoked
 */
export function losingBelow(top: string, losses: readonly Loss[]): readonly Losing[] {
  const given = Map.groupBy(losses, ({ giver }) => giver);
  const of = Map.groupBy(losses, ({ account }) => account);
  const found = new Map<string, Losing>();
  const waiting = [top];
  for (const above of waiting) {
    for (const { account, name } of given.get(above) ?? []) {
      if (account === top || found.has(account)) continue;
      const installations = new Set(of.get(account)?.flatMap((loss) => loss.installations));
      const kept = new Set(of.get(account)?.flatMap(({ keeping }) => keeping)).size;
      found.set(account, { account, above, name, lost: installations.size - kept, kept });
      waiting.push(account);
    }
  }
  return [...found.values()];
}
