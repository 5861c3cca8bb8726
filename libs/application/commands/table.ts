import type { TesseraEvent } from '#contracts';
import { account, accountRoles } from '#domain/account';
import { building, buildingRoles, customer, customerRoles, location, locationRoles } from '#domain/catalogue';
import {
  connection,
  connectionPair,
  connectionPairRoles,
  connectionRefusalContext,
  connectionRoles,
  pairStreamId,
} from '#domain/connection';
import { erasure, erasureRoles } from '#domain/erasure';
import { resumption, resumptionRoles } from '#domain/flow';
import { catalogueImport, catalogueImportRoles, importRefusalContext } from '#domain/import';
import { inbox, inboxRoles } from '#domain/inbox';
import { installation, installationRefusalContext, installationRoles } from '#domain/installation';
import type { Command } from '#domain/kernel';
import { type RevocationWindow, share, shareRefusalContext, shareRoles } from '#domain/share';
import { webhook, webhookRefusalContext, webhookRoles } from '#domain/webhook';
import type { AnyStreamCommands, CommandSources, CommandTable, StreamCommands } from '../command-executor.ts';
import type { Selections } from '../core/selections.ts';
import type { DataSubjects, Notifications, UrlRefusal, Webhooks } from '../ports.ts';
import { completeAuthentication, connectionFacts, pairFacts, turnOfPair } from './connection.ts';
import { completeErasure } from './erasure.ts';
import { installationFacts } from './installation.ts';
import { shareFacts } from './share.ts';
import { webhookFacts } from './webhook.ts';

/** Sources of the facts of decisions. */
export interface FactSources extends CommandSources {
  readonly selections: Selections;
  readonly notifications: Notifications;
  readonly webhooks: Webhooks;
  readonly urlRefusal: UrlRefusal;
  /** In a dry run, an implementation that destroys none. */
  readonly subjects: Pick<DataSubjects, 'destroy' | 'droppedEverywhere'>;
  readonly revocationWindow: RevocationWindow;
}

/** All commands: one row per kind of stream. */
export function commandTable({
  aggregates,
  log,
  selections,
  notifications,
  webhooks,
  urlRefusal,
  subjects,
  revocationWindow,
}: FactSources): CommandTable {
  return byType([
    row({
      decider: account,
      roles: accountRoles,
      begins: ['RegisterAccount'],
      streamId: ({ data }) => data.accountId,
    }),
    row({
      decider: connection,
      roles: connectionRoles,
      streamId: ({ data }) => data.connectionId,
      refusalContext: connectionRefusalContext,
      facts: connectionFacts(aggregates),
      turn: turnOfPair(aggregates),
      complete: completeAuthentication(aggregates),
    }),
    row({
      decider: connectionPair,
      roles: connectionPairRoles,
      streamId: ({ actor, data }) => pairStreamId(data.creator, actor.account),
      facts: pairFacts(aggregates),
    }),
    row({
      decider: customer,
      roles: customerRoles,
      begins: ['AddCustomer'],
      streamId: ({ data }) => data.customerId,
    }),
    row({
      decider: location,
      roles: locationRoles,
      begins: ['AddLocation'],
      streamId: ({ data }) => data.locationId,
      facts: async ({ type, data }) =>
        type === 'AddLocation' ? { customer: await aggregates.known(customer, data.customerId) } : undefined,
    }),
    row({
      decider: building,
      roles: buildingRoles,
      begins: ['AddBuilding'],
      streamId: ({ data }) => data.buildingId,
      facts: async ({ type, data }) =>
        type === 'AddBuilding' ? { location: await aggregates.known(location, data.locationId) } : undefined,
    }),
    row({
      decider: installation,
      roles: installationRoles,
      begins: ['RegisterInstallation'],
      streamId: ({ data }) => data.installationId,
      refusalContext: installationRefusalContext,
      facts: installationFacts(aggregates),
    }),
    row({
      decider: share,
      roles: shareRoles,
      streamId: ({ data }) => data.shareId,
      refusalContext: shareRefusalContext,
      facts: shareFacts(aggregates, selections, revocationWindow),
    }),
    row({
      decider: inbox,
      roles: inboxRoles,
      streamId: ({ actor }) => actor.account,
      facts: async ({ type, actor, data }) =>
        type === 'ReadNotification'
          ? { isThere: await notifications.has(actor.account, data.notificationId) }
          : {},
    }),
    row({
      decider: catalogueImport,
      roles: catalogueImportRoles,
      streamId: ({ data }) => data.importId,
      refusalContext: importRefusalContext,
    }),
    row({
      decider: webhook,
      roles: webhookRoles,
      streamId: ({ data }) => data.webhookId,
      refusalContext: webhookRefusalContext,
      facts: webhookFacts({ log, webhooks, urlRefusal }),
    }),
    row({
      decider: erasure,
      roles: erasureRoles,
      streamId: ({ data }) => data.erasureId,
      complete: completeErasure(aggregates, subjects),
    }),
    row({
      decider: resumption,
      roles: resumptionRoles,
      begins: ['ResumeFlow'],
      streamId: ({ data }) => data.resumptionId,
    }),
  ]);
}

/** A row whose parts fit one another. */
function row<State, C extends Command, E extends TesseraEvent, Facts>(
  commands: StreamCommands<State, C, E, Facts>,
): AnyStreamCommands {
  return commands;
}

function byType(rows: readonly AnyStreamCommands[]): CommandTable {
  const table = new Map<string, AnyStreamCommands>();
  for (const commands of rows) {
    for (const type of Object.keys(commands.roles)) {
      if (table.has(type)) throw new Error(`Two kinds of stream take the command ${type}.`);
      table.set(type, commands);
    }
  }
  return table;
}
