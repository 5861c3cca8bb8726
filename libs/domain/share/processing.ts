import { ITEMS_PER_EVENT, impossible, inBatches } from '#domain/kernel';
import type { CompleteStep, FinishShare, ProcessShare, RecordPlacedItems } from './commands.ts';
import type { ShareEvent } from './events.ts';
import { known } from './facts.ts';
import { withProcessed } from './outcome.ts';
import { confirmedIn, hasEnded, hasItemsOnOffer } from './query.ts';
import { notNow, requireItems } from './refusals.ts';
import type { ActionRow, RecordingRow } from './row.ts';
import { type ApprovedShare, type ExistingShare, requireApproved, wasApproved } from './state.ts';
import { checkStep } from './step.ts';

/** A step of taking over and declining (R-P1 to R-P3); its installations are imported in the background. */
export const processShare: ActionRow<ProcessShare> = {
  kind: 'action',
  action: 'process',
  side: 'requester',
  roles: ['manager', 'administrator'],
  possible: hasItemsOnOffer,
  refusals: { otherSide: 'not-the-requester', notNow: 'share-not-available' },
  isDone: ({ id, data }, share) =>
    wasApproved(share) && (share.contents.steps.has(id) || declinesNothingNew(data, share)),
  decide({ id: stepId, data, now }, share, facts) {
    const given = requireApproved(share);
    checkStep(data, given.contents, known(facts, 'targets').targets);

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
    const offered = decline.filter((id) => given.contents.items.get(id)?.status === 'offered');
    events.push(...declined(given, offered));
    return withProcessed(events, given, now);
  },
};

/** Whether a step has anything to import; one that only declines is over at once. */
function takesOver({ customers = [], locations = [], installations }: ProcessShare['data']): boolean {
  return customers.length + locations.length + installations.length > 0;
}

function declinesNothingNew(step: ProcessShare['data'], { contents }: ApprovedShare): boolean {
  const { decline = [] } = step;
  if (takesOver(step) || decline.length === 0) return false;
  return decline.every((installationId) => contents.items.get(installationId)?.status === 'declined');
}

/** Declines whatever is still on offer (R-S9). */
export const finishShare: ActionRow<FinishShare> = {
  kind: 'action',
  action: 'finish',
  side: 'requester',
  roles: ['manager', 'administrator'],
  possible: hasItemsOnOffer,
  refusals: { otherSide: 'not-the-requester', notNow: 'share-not-available' },
  isDone: (_, { summary: { status, counts } }) =>
    status === 'processed' || (status === 'available' && counts.offered === 0),
  decide({ now }, share) {
    const given = requireApproved(share);
    const items = [...given.contents.items];
    const offered = items.filter(([, item]) => item.status === 'offered').map(([id]) => id);
    return withProcessed(declined(given, offered), given, now);
  },
};

/** What the import has placed: from now on these grants are live (R-P4). */
export const recordPlacedItems: RecordingRow<RecordPlacedItems> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, actor }, share) {
    const { shareId, stepId, installations, placedAt } = data;
    const { items } = requireStep(stepId, share).contents;
    requireItems(installations, items);
    const placing = new Set<string>();
    for (const installationId of installations) {
      const item = items.get(installationId);
      // Items that were revoked meanwhile stay withdrawn: their grants are withdrawn or blocked on the installations.
      if (item?.status === 'placed' || item?.status === 'withdrawn') continue;
      if (item?.status !== 'confirmed' || item.stepId !== stepId)
        throw notNow('item-not-confirmed', share, actor.account);
      placing.add(installationId);
    }
    return inBatches([...placing], ITEMS_PER_EVENT).map((batch) => ({
      type: 'ShareItemsPlaced',
      data: { shareId, stepId, installations: batch, placedAt },
    }));
  },
};

/** The import of a step is over (R-P1). */
export const completeStep: RecordingRow<CompleteStep> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, actor, now }, share) {
    const { shareId, stepId } = data;
    const given = requireStep(stepId, share);
    const { summary, contents } = given;
    if (contents.steps.get(stepId) === 'imported' || hasEnded(summary)) return [];
    if (!confirmedIn(contents, stepId).next().done) throw notNow('step-not-placed', share, actor.account);
    return withProcessed([{ type: 'ShareStepImported', data: { shareId, stepId } }], given, now);
  },
};

/** @throws Refusal `step-not-in-share` */
function requireStep(stepId: string, share: ExistingShare): ApprovedShare {
  if (wasApproved(share) && share.contents.steps.has(stepId)) return share;
  throw impossible('step-not-in-share', 'There is no such step.');
}

function declined(given: ApprovedShare, installations: readonly string[]): ShareEvent[] {
  const { shareId } = given.summary;
  return inBatches(installations, ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsDeclined',
    data: { shareId, installations: batch },
  }));
}
