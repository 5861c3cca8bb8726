import type { EventReader } from '#event-store';
import { installationsProjection, KeptBelowView } from '#projections/installations';
import { type ViewReader, ViewStoreUnavailable } from '#view-store';
import { Selections } from '../core/selections.ts';

const WAIT_MS = 2_000;

/** Selections of the catalogue as of the log's end when a walk begins. */
export function currentSelections(log: EventReader, views: ViewReader): Selections {
  return new Selections(new KeptBelowView(views), async () => {
    const head = await log.head();
    if (await views.waitFor(installationsProjection.name, head, WAIT_MS)) return;
    throw new ViewStoreUnavailable('The catalogue view is behind the log.');
  });
}
