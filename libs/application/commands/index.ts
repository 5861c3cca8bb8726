import type { ICommand } from '@nestjs/cqrs';
import { accountRoles } from '#domain/account';
import { buildingRoles, customerRoles, locationRoles } from '#domain/catalogue';
import { connectionRoles } from '#domain/connection';
import { catalogueImportRoles } from '#domain/import';
import { inboxRoles } from '#domain/inbox';
import { installationRoles } from '#domain/installation';
import type { Command } from '#domain/kernel';
import { shareRoles } from '#domain/share';
import type { Envelope } from '../command-executor.ts';
import { UnknownCommand } from '../errors.ts';
import { AccountCommandHandler, DispatchAccountCommand } from './account.ts';
import {
  BuildingCommandHandler,
  CustomerCommandHandler,
  DispatchBuildingCommand,
  DispatchCustomerCommand,
  DispatchLocationCommand,
  LocationCommandHandler,
} from './catalogue.ts';
import { ConnectionCommandHandler, DispatchConnectionCommand } from './connection.ts';
import { DispatchImportCommand, ImportCommandHandler } from './import.ts';
import { DispatchInboxCommand, InboxCommandHandler } from './inbox.ts';
import { DispatchInstallationCommand, InstallationCommandHandler } from './installation.ts';
import { DispatchShareCommand, ShareCommandHandler } from './share.ts';
import type { Dispatch } from './stream-command-handler.ts';

/** Every command handler there is. */
export const commandHandlers = [
  AccountCommandHandler,
  ConnectionCommandHandler,
  CustomerCommandHandler,
  LocationCommandHandler,
  BuildingCommandHandler,
  InstallationCommandHandler,
  ShareCommandHandler,
  InboxCommandHandler,
  ImportCommandHandler,
] as const;

// biome-ignore lint/suspicious/noExplicitAny: one table for the commands of every kind of stream
type DispatchClass = new (envelope: Envelope<any>) => Dispatch<any>;

const dispatchByType = new Map<string, DispatchClass>();
for (const [roles, dispatch] of [
  [accountRoles, DispatchAccountCommand],
  [connectionRoles, DispatchConnectionCommand],
  [customerRoles, DispatchCustomerCommand],
  [locationRoles, DispatchLocationCommand],
  [buildingRoles, DispatchBuildingCommand],
  [installationRoles, DispatchInstallationCommand],
  [shareRoles, DispatchShareCommand],
  [inboxRoles, DispatchInboxCommand],
  [catalogueImportRoles, DispatchImportCommand],
] as const satisfies readonly (readonly [object, DispatchClass])[]) {
  for (const type of Object.keys(roles)) {
    if (dispatchByType.has(type)) throw new Error(`Two kinds of stream take the command ${type}.`);
    dispatchByType.set(type, dispatch);
  }
}

/**
 * The command as the bus takes it.
 * @throws UnknownCommand
 */
export function dispatch(envelope: Envelope<Command>): ICommand & Dispatch<Command> {
  const type = dispatchByType.get(envelope.type);
  if (type === undefined) throw new UnknownCommand(envelope.type);
  return new type(envelope);
}
