import { derivedId, IN_FLIGHT, inFlight } from '#application/core';
import { labelKey } from '#domain/catalogue';
import { addedBuilding, buildingMeant, type StandingBuilding, type WantedBuilding } from '#domain/share';
import type { EventReader } from '#event-store';
import { buildings, catalogueProjection } from '#projections/catalogue';
import type { ViewReader } from '#view-store';
import { viewPassed } from './failures.ts';
import type { Issue } from './issue.ts';
import { findAll, type LookUp } from './known-catalogue.ts';

type LocatedBuilding = StandingBuilding & { readonly locationId: string };

/** The buildings a step asks for: those that stand there, by what they are called now (R-K3), and those it makes. */
export class WantedBuildings {
  private readonly meant = new Map<string, string>();
  private readonly made: LocatedBuilding[] = [];

  constructor(
    private readonly account: string,
    private readonly reader: EventReader,
    private readonly views: ViewReader,
  ) {}

  /** The id of a building that was provided. */
  idOf(wanted: WantedBuilding): string {
    const id = this.meant.get(keyOf(wanted));
    if (id === undefined) throw new Error(`A building at ${wanted.locationId} was not provided.`);
    return id;
  }

  /** Finds those that are there, and makes the others. */
  async provide(asked: readonly WantedBuilding[], issue: Issue): Promise<void> {
    const missing = new Map(asked.map((wanted) => [keyOf(wanted), wanted]));
    for (const key of this.meant.keys()) missing.delete(key);
    if (missing.size === 0) return;
    const standing = await this.standing([...missing.values()]);
    const chosen = new Map<string, string>();
    const making: LocatedBuilding[] = [];
    const added = [...missing].flatMap(([key, wanted]) => {
      const { locationId, copiedFrom, name } = wanted;
      const there = [...standing, ...this.made, ...making].filter((one) => one.locationId === locationId);
      const meant = buildingMeant(wanted, there);
      // A copy's id follows from what it is a copy of: whoever else copies it there makes the same one.
      const id = meant?.id ?? wanted.buildingId ?? derivedId(locationId, 'copy', copiedFrom?.id ?? '');
      chosen.set(key, id);
      if (meant !== undefined) return [];
      making.push({ id, locationId, details: { name }, ...(copiedFrom && { copiedFrom }) });
      return [addedBuilding(wanted, id)];
    });
    await inFlight(added, IN_FLIGHT, (building) => issue('AddBuilding', building, building.buildingId));
    this.made.push(...making);
    for (const [key, id] of chosen) this.meant.set(key, id);
  }

  /** What of the account's may be meant, as the log has it by now. */
  private async standing(wanted: readonly WantedBuilding[]): Promise<readonly LocatedBuilding[]> {
    await viewPassed(this.views, catalogueProjection.name, await this.reader.head());
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
