import type { Calendar } from './calendar.ts';
import type { Catalogues } from './catalogue.ts';
import { maintenanceContract, subcontractorLeaves, supermarketContract } from './chains.ts';
import {
  connectionEnded,
  hotelsToBeProcessed,
  ownerTakesOver,
  partOfTheDairies,
  refusedAndWithdrawn,
  supermarketsHalfTakenOver,
  toBeEvaluated,
} from './handovers.ts';
import { machinesFromASheet } from './imports.ts';
import { routine } from './routine.ts';
import { DemoShare } from './shares.ts';
import type { Story } from './steps.ts';

/** A share in every lasting status, each from a plausible story; the stories have no data in common. */
export function stories(catalogues: Catalogues, calendar: Calendar): readonly Story[] {
  return [
    maintenanceContract(catalogues, calendar),
    supermarketContract(catalogues, calendar),
    subcontractorLeaves(catalogues, calendar),
    supermarketsHalfTakenOver(catalogues, calendar),
    hotelsToBeProcessed(catalogues, calendar),
    ownerTakesOver(catalogues, calendar),
    partOfTheDairies(catalogues, calendar),
    connectionEnded(catalogues, calendar),
    refusedAndWithdrawn(calendar),
    toBeEvaluated(calendar),
    machinesFromASheet(calendar),
    ...routine(catalogues, calendar),
  ];
}

/** Requested after everything else: once it exists, the demo world is complete. */
export function lastRequest(): DemoShare {
  return new DemoShare({
    requester: 'koudewacht',
    provider: 'noordlicht',
    name: 'Zomercheck koelcellen 2026',
    explanation: 'Voor de jaarlijkse lekcontrole hebben wij ook de nieuwe koelcellen nodig.',
    level: 'location',
  });
}
