import { ITEMS_PER_EVENT, inBatches } from '#domain/kernel';
import type { CompleteStep, FinishShare, ProcessShare, RecordPlacedItems } from './commands.ts';
import type { ShareEvent } from './events.ts';
import { known, type ShareFacts } from './facts.ts';
import { bySide, notNow, requireItems, requirePossible, requireStep, standingFor } from './guards.ts';
import { withProcessed } from './outcome.ts';
import { confirmedIn } from './query.ts';
import { type GivenShare, isGiven, type ShareState } from './state.ts';
import { checkStep } from './step.ts';

/** A step of taking over and declining (R-P1 to R-P3); its installations are imported in the background. */
export function processStep(command: ProcessShare, state: ShareState, facts: ShareFacts): ShareEvent[] {
  const { id: stepId, data, now } = command;
  const asked = bySide('process', command, state);
  if (isGiven(asked) && (asked.steps.has(stepId) || declinesNothingNew(data, asked))) return [];
  const given = requirePossible('process', command, asked);
  checkStep(data, given, known(facts, 'targets').targets, standingFor(command, given.summary));

  const { shareId, referenceStyle, customers = [], locations = [], installations, decline = [] } = data;
  const events: ShareEvent[] = [];
  if (takesOver(data)) {
    events.push({
      type: 'ShareProcessingConfirmed',
      data: { shareId, stepId, referenceStyle, customers, locations, installations: installations.length },
    });
    for (const [batch, confirmed] of inBatches(installations, ITEMS_PER_EVENT).entries()) {
      events.push({
        type: 'ShareInstallationsConfirmed',
        data: { shareId, stepId, batch, installations: confirmed },
      });
    }
  }
  events.push(
    ...declined(
      given,
      decline.filter((id) => given.items.get(id)?.status === 'offered'),
    ),
  );
  return withProcessed(events, given, now);
}

/** Whether a step has anything to import; one that only declines is over at once. */
function takesOver({ customers = [], locations = [], installations }: ProcessShare['data']): boolean {
  return customers.length + locations.length + installations.length > 0;
}

function declinesNothingNew(step: ProcessShare['data'], { items }: GivenShare): boolean {
  const { decline = [] } = step;
  if (takesOver(step) || decline.length === 0) return false;
  return decline.every((installationId) => items.get(installationId)?.status === 'declined');
}

/** Declines whatever is still on offer (R-S9). */
export function finish(command: FinishShare, state: ShareState): ShareEvent[] {
  const asked = bySide('finish', command, state);
  const nothingOffered = asked.status === 'available' && asked.summary.counts.offered === 0;
  if (asked.status === 'processed' || nothingOffered) return [];
  const given = requirePossible('finish', command, asked);
  const offered = [...given.items].filter(([, item]) => item.status === 'offered').map(([id]) => id);
  return withProcessed(declined(given, offered), given, command.now);
}

/** What the import has placed: from now on these grants are live (R-P4). */
export function recordPlaced(command: RecordPlacedItems, state: ShareState): ShareEvent[] {
  const { shareId, stepId, installations, placedAt } = command.data;
  const given = requireStep(command, state);
  requireItems(installations, given, standingFor(command, given.summary));
  const placing = new Set<string>();
  for (const installationId of installations) {
    const item = given.items.get(installationId);
    // What was revoked in the meantime stays withdrawn: its grant is withdrawn or blocked where it lives.
    if (item?.status === 'placed' || item?.status === 'withdrawn') continue;
    if (item?.status !== 'confirmed' || item.stepId !== stepId) {
      throw notNow('item-not-confirmed', command, given.summary);
    }
    placing.add(installationId);
  }
  return inBatches([...placing], ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsPlaced',
    data: { shareId, stepId, installations: batch, placedAt },
  }));
}

/** The import of a step is over (R-P1). */
export function completeStep(command: CompleteStep, state: ShareState): ShareEvent[] {
  const { shareId, stepId } = command.data;
  const given = requireStep(command, state);
  if (given.steps.get(stepId) === 'imported' || given.status === 'revoked') return [];
  if (!confirmedIn(given, stepId).next().done) throw notNow('step-not-placed', command, given.summary);
  return withProcessed([{ type: 'ShareStepImported', data: { shareId, stepId } }], given, command.now);
}

function declined(given: GivenShare, installations: readonly string[]): ShareEvent[] {
  const { shareId } = given.summary;
  return inBatches(installations, ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsDeclined',
    data: { shareId, installations: batch },
  }));
}
