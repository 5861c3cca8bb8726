// Which events concern which account, in the order of the log: the feed that callers follow.
import { type Recorded, visibleTo } from '#contracts';
import {
  type GrantTree,
  type InstallationEvent,
  liveGrants,
  withGrant,
  withWithdrawal,
} from '#domain/installation';
import { type Added, added, type Change, change } from '#subscriptions';
import { defineProjection, onEach } from '../define.ts';
import { type ChangeAudience, type ChangeRow, changeAudiences, changeRows } from './document.ts';

export const changesProjection = defineProjection({
  name: 'changes',
  version: 3,
  collections: [changeAudiences, changeRows],
  on: {
    ...onEach(['AccountRegistered', 'AccountDetailsChanged'], (event) => [own(event, event.data.accountId)]),
    ...onEach(
      [
        'CustomerAdded',
        'CustomerChanged',
        'LocationAdded',
        'LocationChanged',
        'BuildingAdded',
        'BuildingChanged',
        'NotificationRead',
        'AllNotificationsRead',
        'WebhookRegistered',
        'WebhookChanged',
        'WebhookSecretRotated',
        'WebhookEnabled',
        'WebhookDisabled',
        'WebhookRemoved',
      ],
      (event) => [own(event, event.data.account)],
    ),

    ConnectionCreated: (event) => [begin(event, [event.data.account])],
    ConnectionAuthenticated: (event) => [
      follow(event, (audience) => ({ ...audience, parties: [...audience.parties, event.data.account] })),
    ],
    ...onEach(
      ['ConnectionTokenReissued', 'ConnectionRenamed', 'ConnectionCancelled', 'ConnectionEnded'],
      (event) => [follow(event)],
    ),

    ShareRequested: (event) => [begin(event, [event.data.requester, event.data.provider])],
    ...onEach(
      [
        'ShareRejected',
        'ShareCancelled',
        'ShareApproved',
        'SharePreparationStarted',
        'SharePackageCompleted',
        'ShareProcessingConfirmed',
        'ShareItemsDeclined',
        'ShareItemsPlaced',
        'ShareStepImported',
        'ShareProcessed',
        'ShareItemsWithdrawn',
        'SharePartlyRevoked',
        'ShareRevoked',
        'ShareExtended',
        'ShareExpiryAnnounced',
        'ShareExpired',
      ],
      (event) => [follow(event)],
    ),

    CatalogueImportStarted: (event) => [begin(event, [event.data.account])],
    ...onEach(
      [
        'CatalogueFileReceived',
        'CatalogueImportFailed',
        'CatalogueBatchImported',
        'CatalogueImportCompleted',
      ],
      (event) => [follow(event)],
    ),

    InstallationRegistered: (event) => [begin(event, [], { root: event.data.account, grants: [] })],
    InstallationAccessGranted: (event) => [
      follow(event, (audience) => withTree(audience, (tree) => withGrant(tree, event.data.grant))),
    ],
    InstallationAccessWithdrawn: (event) => {
      const { grantId, cause, withdrawnAt } = event.data;
      const withdrawal = { cause, withdrawnAt };
      return [
        follow(event, (audience) => withTree(audience, (tree) => withWithdrawal(tree, grantId, withdrawal))),
      ];
    },
    ...onEach(
      [
        'InstallationPropertiesChanged',
        'InstallationMoved',
        'InstallationArchived',
        'InstallationRestored',
        'ActivityAdded',
        'ActivityChanged',
        'ActivityRemoved',
        'InstallationAccessExtended',
        'InstallationAccessBlocked',
      ],
      (event) => [follow(event)],
    ),
  },
});

/** An event of a stream that belongs to one account. */
function own(event: Recorded, account: string): Change {
  const row = rowOf(event, account);
  return change(changeRows, row.id, () => row);
}

/** The first event of a stream, and the accounts that later ones concern. */
function begin(event: Recorded, parties: readonly string[], tree?: GrantTree): Change {
  const audience: ChangeAudience = {
    id: event.stream,
    parties,
    ...(tree && { tree }),
    revision: event.revision,
  };
  return change(
    changeAudiences,
    event.stream,
    (known) => known ?? audience,
    (known) => rows(event, known),
  );
}

/** A later event, which may change the accounts that the stream concerns. */
function follow(event: Recorded, fold?: (audience: ChangeAudience) => ChangeAudience): Change {
  return change(
    changeAudiences,
    event.stream,
    (audience) => {
      if (fold === undefined || audience === undefined || audience.revision >= event.revision)
        return audience;
      return { ...fold(audience), revision: event.revision };
    },
    (audience) => rows(event, audience),
  );
}

function withTree(audience: ChangeAudience, fold: (tree: GrantTree) => GrantTree): ChangeAudience {
  return audience.tree === undefined ? audience : { ...audience, tree: fold(audience.tree) };
}

/** A row for each account that the event concerns; none where the accounts at that time are no longer known. */
function rows(event: Recorded, audience: ChangeAudience | undefined): readonly Added[] {
  if (audience === undefined || audience.revision > event.revision) return [];
  const { parties, tree } = audience;
  const concerned = tree === undefined ? parties : readersOf(tree, event as Recorded<InstallationEvent>);
  const root = tree?.root;
  return concerned
    .filter((account) => visibleTo(event, { account, root }))
    .map((account) => added(changeRows, rowOf(event, account, root)));
}

/** Who may read the installation up to this event: those with access, and those whose access it ended (R-G1, R-V5). */
function readersOf(tree: GrantTree, event: Recorded<InstallationEvent>): readonly string[] {
  const holders = new Set(tree.grants.map(({ holder }) => holder));
  const live = [...holders].filter((holder) => liveGrants(tree, holder).length > 0);
  const ended = event.type === 'InstallationAccessWithdrawn' ? [event.data.holder] : [];
  return [...new Set([tree.root, ...live, ...ended])];
}

function rowOf({ position, stream, revision, type }: Recorded, account: string, root?: string): ChangeRow {
  const id = `${position}:${account}`;
  return { id, account, position, stream, revision, type, ...(root !== undefined && { root }) };
}
