import { fold, ITEMS_PER_EVENT, inBatches } from '#domain/kernel';
import { type PackageItem, type ShareEvent, share } from '#domain/share';
import { type Figure, rate } from './figures.ts';
import { timed } from './measuring.ts';

export interface FoldingSize {
  /** Items of one share, each offered, confirmed and placed. */
  readonly items: number;
}

/** The speed of folding the largest kind of stream: a share of a whole customer. */
export async function measureFolding({ items }: FoldingSize): Promise<readonly Figure[]> {
  const events = lifeOf(items);
  let state = share.initial;
  const measured = await timed(items, () => {
    state = fold(share, share.initial, events);
  });
  if (state.kind !== 'approved' || state.contents.items.size !== items)
    throw new Error('The fold lost items.');
  return [rate('folding.share', [measured], 'items/s')];
}

/** A share collected, confirmed and placed, in batches of the largest size. */
function lifeOf(items: number): ShareEvent[] {
  const shareId = 'share';
  const at = '2026-01-01T00:00:00.000Z';
  const ids = Array.from({ length: items }, (_, index) => `installation-${index}`);
  const batches = inBatches(ids, ITEMS_PER_EVENT);
  return [
    {
      type: 'ShareRequested',
      data: {
        shareId,
        connectionId: 'connection',
        requester: 'requester',
        provider: 'provider',
        name: 'Everything',
        suggestedLevel: 'customer',
        requestedAt: at,
      },
    },
    {
      type: 'ShareApproved',
      data: {
        shareId,
        level: 'customer',
        selection: ['customer'],
        terms: {
          accessType: 'subcontractor',
          documentIdentity: 'performer',
          revocation: { kind: 'any-time' },
          approvedAt: at,
        },
      },
    },
    { type: 'SharePreparationStarted', data: { shareId } },
    ...batches.map((batch, index): ShareEvent => {
      const data = { shareId, batch: index, items: batch.map(itemOf), leftOut: [], candidates: items };
      return { type: 'SharePackageBatchCollected', data };
    }),
    { type: 'SharePackageCompleted', data: { shareId, items, leftOut: 0, availableAt: at } },
    ...batches.flatMap((batch, index): ShareEvent[] => {
      const stepId = `step-${index}`;
      const installations = batch.map((installationId) => ({
        installationId,
        target: { locationId: 'location' },
      }));
      return [
        {
          type: 'ShareProcessingConfirmed',
          data: {
            shareId,
            stepId,
            referenceStyle: 'original',
            customers: [],
            locations: [],
            installations: batch.length,
          },
        },
        { type: 'ShareInstallationsConfirmed', data: { shareId, stepId, batch: 0, installations } },
        { type: 'ShareItemsPlaced', data: { shareId, stepId, installations: batch, placedAt: at } },
        { type: 'ShareStepImported', data: { shareId, stepId } },
      ];
    }),
  ];
}

const ADDRESS = { street: 'Kaai 1', city: 'Gent' };

function itemOf(installationId: string): PackageItem {
  return {
    installationId,
    token: installationId,
    reference: installationId,
    properties: {},
    customer: { id: 'customer', name: 'Bakery', address: ADDRESS },
    location: { id: `${installationId.slice(0, -2)}-location`, name: 'Depot', address: ADDRESS },
  };
}
