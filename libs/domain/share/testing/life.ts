import type { Actor, Instant } from '#domain/kernel';
import { plusMillis } from '#domain/kernel';
import type { ShareCommand } from '../commands.ts';
import type { LeftOut, PackageItem, ShareEvent, ShareTerms, TransferLevel } from '../events.ts';

/** The share of these specs, its requester, and its provider. */
export const SHARE = 'share-1';
export const REQUESTER = 'polar';
export const PROVIDER = 'frost';

export const REQUESTED: Instant = '2026-03-01T08:00:00.000Z';
export const APPROVED: Instant = '2026-03-01T09:00:00.000Z';
const AVAILABLE: Instant = '2026-03-01T09:05:00.000Z';
export const PLACED: Instant = '2026-03-02T10:00:00.000Z';
export const NOW: Instant = '2026-03-03T12:00:00.000Z';

export const HOURS_72 = 72 * 3_600_000;
/** The last moment of the window of what was placed at `PLACED`. */
export const PLACED_UNTIL: Instant = plusMillis(PLACED, HOURS_72);

export const administrator = (account: string): Actor => ({
  account,
  user: `${account}-member`,
  roles: ['administrator'],
});

type Named<Type extends ShareCommand['type']> = Extract<ShareCommand, { type: Type }>;

/** A command about the share, by an administrator of `account`. */
export function ask<Type extends ShareCommand['type']>(
  account: string,
  type: Type,
  ...[data, now = NOW, id = `${type}-by-${account}`]: Asked<Omit<Named<Type>['data'], 'shareId'>>
): Named<Type> {
  const command = { id, type, data: { shareId: SHARE, ...data }, actor: administrator(account), now };
  return command as unknown as Named<Type>;
}
type Asked<Data> = object extends Data
  ? [data?: Data, now?: Instant, id?: string]
  : [data: Data, now?: Instant, id?: string];

/** A command by one of the processes. */
export function record<Type extends ShareCommand['type']>(
  type: Type,
  ...asked: Asked<Omit<Named<Type>['data'], 'shareId'>>
): Named<Type> {
  return ask('platform', type, ...asked);
}

export const anyTime: ShareTerms = {
  accessType: 'subcontractor',
  documentIdentity: 'performer',
  revocation: { kind: 'any-time' },
  approvedAt: APPROVED,
};

export const window72: ShareTerms = {
  accessType: 'installation-manager',
  documentIdentity: 'performer',
  revocation: { kind: 'window', milliseconds: HOURS_72, from: 'placed' },
  approvedAt: APPROVED,
};

export const address = { street: 'Kaai 1', city: 'Gent' };

/** An installation of the provider's, with the location and customer that its level shows. */
export function item(installationId: string, level: TransferLevel = 'installation'): PackageItem {
  const location = { id: 'location-a', name: 'Depot', address };
  return {
    installationId,
    token: `token-${installationId}`,
    reference: `ref-${installationId}`,
    properties: {},
    ...(level !== 'installation' && { location }),
    ...(level === 'customer' && { customer: { id: 'customer-a', name: 'Bakery', address } }),
  };
}

export const requested: ShareEvent = {
  type: 'ShareRequested',
  data: {
    shareId: SHARE,
    connectionId: 'connection-1',
    requester: REQUESTER,
    provider: PROVIDER,
    name: 'Bakeries',
    suggestedLevel: 'customer',
    requestedAt: REQUESTED,
  },
};

export function approved(
  terms: ShareTerms = window72,
  level: TransferLevel = 'installation',
  selection: readonly string[] = ['i1', 'i2', 'i3'],
): ShareEvent {
  return { type: 'ShareApproved', data: { shareId: SHARE, level, selection, terms } };
}

export const started: ShareEvent = { type: 'SharePreparationStarted', data: { shareId: SHARE } };

export function collected(
  items: readonly PackageItem[],
  more: { batch?: number; cursor?: string; leftOut?: readonly LeftOut[]; candidates?: number } = {},
): ShareEvent {
  const data = { shareId: SHARE, batch: 0, items, leftOut: [], candidates: items.length, ...more };
  return { type: 'SharePackageBatchCollected', data };
}

export function completed(items: number): ShareEvent {
  return {
    type: 'SharePackageCompleted',
    data: { shareId: SHARE, items, leftOut: 0, availableAt: AVAILABLE },
  };
}

interface Contents {
  readonly terms?: ShareTerms;
  readonly level?: TransferLevel;
  readonly items?: readonly string[];
}

/** A share whose package is complete, of `items` at `level`. */
export function available({
  terms = window72,
  level = 'installation',
  items = ['i1', 'i2', 'i3'],
}: Contents = {}): ShareEvent[] {
  return [
    requested,
    approved(terms, level),
    started,
    collected(items.map((id) => item(id, level))),
    completed(items.length),
  ];
}

export function confirmed(stepId: string, ...installations: string[]): ShareEvent[] {
  const places = installations.map((installationId) => ({ installationId, target: { locationId: 'mine' } }));
  return [
    {
      type: 'ShareProcessingConfirmed',
      data: {
        shareId: SHARE,
        stepId,
        referenceStyle: 'original',
        customers: [],
        locations: [],
        installations: installations.length,
      },
    },
    {
      type: 'ShareInstallationsConfirmed',
      data: { shareId: SHARE, stepId, batch: 0, installations: places },
    },
  ];
}

export function placed(stepId: string, placedAt: Instant, ...installations: string[]): ShareEvent {
  return { type: 'ShareItemsPlaced', data: { shareId: SHARE, stepId, installations, placedAt } };
}

export function imported(stepId: string): ShareEvent {
  return { type: 'ShareStepImported', data: { shareId: SHARE, stepId } };
}

/** A step confirmed, placed at once at `placedAt`, and imported. */
export function takenOver(stepId: string, placedAt: Instant, ...installations: string[]): ShareEvent[] {
  return [
    ...confirmed(stepId, ...installations),
    placed(stepId, placedAt, ...installations),
    imported(stepId),
  ];
}

export function declined(...installations: string[]): ShareEvent {
  return { type: 'ShareItemsDeclined', data: { shareId: SHARE, installations } };
}

export function processed(processedAt: Instant = NOW): ShareEvent {
  return { type: 'ShareProcessed', data: { shareId: SHARE, processedAt } };
}

/** A share of which every item was placed at `placedAt`. */
export function allPlaced(contents: Contents = {}, placedAt: Instant = PLACED): ShareEvent[] {
  const { items = ['i1', 'i2', 'i3'] } = contents;
  return [...available(contents), ...takenOver('step-1', placedAt, ...items), processed(placedAt)];
}
