import type { AccountKind } from '#domain/account';
import type { ViewReader } from '#view-store';
import { accounts } from './document.ts';

/** An account as other accounts see it. */
export interface Counterparty {
  readonly id: string;
  readonly name: string;
  /** Absent where the directory does not have the account, or not yet. */
  readonly kind?: AccountKind;
}

/** The accounts with these ids, by id; one that the directory does not have yet is absent. */
export async function counterparties(
  views: ViewReader,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Counterparty>> {
  const found = await views.getMany(accounts, [...new Set(ids)]);
  return new Map(
    found.flatMap((account) =>
      account === undefined ? [] : [[account.id, { id: account.id, name: account.name, kind: account.kind }]],
    ),
  );
}

/**
 * The account in the directory, or only its id while the directory does not have it yet. An empty id is an
 * operator, who acts for no account.
 */
export function known(names: ReadonlyMap<string, Counterparty>, id: string): Counterparty {
  return names.get(id) ?? { id, name: id === '' ? 'The platform' : id };
}
