import { CommandHandler } from '@nestjs/cqrs';
import { account } from '#domain/account';
import {
  documentIssuer,
  type InstallationCommand,
  type InstallationEvent,
  type InstallationFacts,
  type InstallationState,
  installation,
  installationRoles,
} from '#domain/installation';
import type { StreamCommands } from '../command-executor.ts';
import type { Aggregates } from '../core/aggregates.ts';
import { resolveSpot } from './placing.ts';
import { Dispatch, StreamCommandHandler } from './stream-command-handler.ts';

export class DispatchInstallationCommand extends Dispatch<InstallationCommand> {}

@CommandHandler(DispatchInstallationCommand)
export class InstallationCommandHandler extends StreamCommandHandler<
  InstallationState,
  InstallationCommand,
  InstallationEvent,
  InstallationFacts
> {
  protected readonly commands: StreamCommands<
    InstallationState,
    InstallationCommand,
    InstallationEvent,
    InstallationFacts
  > = {
    decider: installation,
    roles: installationRoles,
    streamId: (command) => command.data.installationId,
    facts,
  };
}

async function facts(
  command: InstallationCommand,
  state: InstallationState,
  aggregates: Aggregates,
): Promise<InstallationFacts> {
  switch (command.type) {
    case 'RegisterInstallation':
      return { placement: await resolveSpot(aggregates, command.actor.account, command.data) };
    case 'ChangeInstallation': {
      const { locationId, buildingId } = command.data;
      if (locationId === undefined && buildingId === undefined) return undefined;
      return { placement: await resolveSpot(aggregates, command.actor.account, { locationId, buildingId }) };
    }
    case 'AddActivity':
      return { issuer: await issuerOf(command.actor.account, state, aggregates) };
    default:
      return undefined;
  }
}

/** Whose company details a document drawn up by `performer` now carries (R-A4). */
async function issuerOf(performer: string, state: InstallationState, aggregates: Aggregates) {
  const issuer = state.status === 'none' ? performer : documentIssuer(state.tree, performer);
  const details = await aggregates.state(account, issuer);
  return details.status === 'none' ? undefined : { account: issuer, company: details.company };
}
