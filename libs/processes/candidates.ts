import type { GivenShare } from '#domain/share';
import { accountInstallations } from '#projections/installations';
import type { ViewReader } from '#view-store';

const VIEW_PAGE = 250;

/** An installation below one of the selected things. */
export interface Candidate {
  readonly selected: string;
  readonly installationId: string;
}

/** Where the next batch begins, when one ended with this candidate. */
export function cursorAfter({ selected, installationId }: Candidate): string {
  return `${selected}/${installationId}`;
}

/** What stands below the selection: one selected thing after the other, in the order of their ids. */
export async function* candidatesAfter(
  cursor: string | undefined,
  given: GivenShare,
  views: ViewReader,
): AsyncGenerator<Candidate> {
  const { selection } = given.contents;
  const [lastSelected, lastInstallation] = cursor?.split('/') ?? [];
  for (const selected of selection.slice(lastSelected ? selection.indexOf(lastSelected) : 0)) {
    const after = selected === lastSelected ? lastInstallation : undefined;
    for await (const installationId of below(given, selected, after, views)) {
      yield { selected, installationId };
    }
  }
}

async function* below(
  given: GivenShare,
  selected: string,
  after: string | undefined,
  views: ViewReader,
): AsyncGenerator<string> {
  const index = orderOf(given);
  if (index === undefined) {
    if (after === undefined) yield selected;
    return;
  }
  const prefix = [given.summary.provider, selected];
  let token: string | undefined;
  do {
    const page = await views.find(accountInstallations, {
      index,
      prefix,
      from: after,
      after: token,
      limit: VIEW_PAGE,
    });
    for (const { installationId } of page.items) if (installationId !== after) yield installationId;
    token = page.next;
  } while (token !== undefined);
}

/** How many there are, for progress. */
export async function countCandidates(given: GivenShare, views: ViewReader): Promise<number> {
  const index = orderOf(given);
  if (index === undefined) return given.contents.selection.length;
  let count = 0;
  for (const selected of given.contents.selection) {
    count += await views.count(accountInstallations, { index, prefix: [given.summary.provider, selected] });
  }
  return count;
}

/** The index that lists what stands below a selected thing; none where installations themselves are selected. */
function orderOf({ summary: { level } }: GivenShare): 'customer-order' | 'location-order' | undefined {
  return level === 'installation' ? undefined : `${level}-order`;
}
