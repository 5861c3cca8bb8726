import { CONCURRENT_COMMANDS, derivedId, mapConcurrently } from '#application/core';
import { labelKey } from '#domain/catalogue';
import { addedBuilding, buildingMeant, type ExistingBuilding, type WantedBuilding } from '#domain/share';
import type { EventReader } from '#event-store';
import { buildings, catalogueProjection } from '#projections/catalogue';
import type { ViewReader } from '#view-store';
import { waitForView } from './failures.ts';
import type { Issue } from './issue.ts';
import { findAll, type LookUp } from './known-catalogue.ts';

type LocatedBuilding = ExistingBuilding & { readonly locationId: string };

/** The buildings that a step names: existing ones, found by their current names (R-K3), and new ones. */
export class WantedBuildings {
  private readonly ids = new Map<string, string>();
  private readonly added: LocatedBuilding[] = [];

  constructor(
    private readonly account: string,
    private readonly reader: EventReader,
    private readonly views: ViewReader,
  ) {}

  /** The id of a building that was provided. */
  idOf(wanted: WantedBuilding): string {
    const id = this.ids.get(keyOf(wanted));
    if (id === undefined) throw new Error(`A building at ${wanted.locationId} was not provided.`);
    return id;
  }

  /** Finds those that exist, and adds the others. */
  async provide(requested: readonly WantedBuilding[], issue: Issue): Promise<void> {
    const missing = new Map(requested.map((wanted) => [keyOf(wanted), wanted]));
    for (const key of this.ids.keys()) missing.delete(key);
    if (missing.size === 0) return;
    const existing = await this.existing([...missing.values()]);
    const chosen = new Map<string, string>();
    const adding: LocatedBuilding[] = [];
    const added = [...missing].flatMap(([key, wanted]) => {
      const { locationId, copiedFrom, name } = wanted;
      const there = [...existing, ...this.added, ...adding].filter((one) => one.locationId === locationId);
      const meant = buildingMeant(wanted, there);
      // A copy's id is derived from its source, so that another step that copies it there adds the same building.
      const id = meant?.id ?? wanted.buildingId ?? derivedId(locationId, 'copy', copiedFrom?.id ?? '');
      chosen.set(key, id);
      if (meant !== undefined) return [];
      adding.push({ id, locationId, details: { name }, ...(copiedFrom && { copiedFrom }) });
      return [addedBuilding(wanted, id)];
    });
    await mapConcurrently(added, CONCURRENT_COMMANDS, (building) =>
      issue('AddBuilding', building, building.buildingId),
    );
    this.added.push(...adding);
    for (const [key, id] of chosen) this.ids.set(key, id);
  }

  /** The account's buildings that may be meant, from a view that reflects the log up to now. */
  private async existing(wanted: readonly WantedBuilding[]): Promise<readonly LocatedBuilding[]> {
    await waitForView(this.views, catalogueProjection.name, await this.reader.head());
    const lookUps = wanted.flatMap(({ locationId, copiedFrom, name }): LookUp[] => [
      ['by-label', [locationId, labelKey(name)]],
      ...(copiedFrom === undefined ? [] : [['by-copy-source', [copiedFrom.id]] as const]),
    ]);
    const ids = wanted.flatMap(({ buildingId }) => buildingId ?? []);
    const [found, chosen] = await Promise.all([
      findAll(this.views, buildings, this.account, lookUps),
      this.views.getMany(buildings, [...new Set(ids)]),
    ]);
    const own = chosen.filter((one) => one?.account === this.account);
    return [...found, ...own.flatMap((one) => one ?? [])];
  }
}

function keyOf({ locationId, buildingId, copiedFrom, name }: WantedBuilding): string {
  return JSON.stringify([locationId, buildingId, copiedFrom?.id, name]);
}
