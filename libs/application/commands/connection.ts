import { CommandHandler } from '@nestjs/cqrs';
import {
  type ConnectionCommand,
  type ConnectionEvent,
  type ConnectionFacts,
  type ConnectionPairCommand,
  type ConnectionPairEvent,
  type ConnectionPairFacts,
  type ConnectionPairState,
  type ConnectionState,
  connection,
  connectionPair,
  connectionPairRoles,
  connectionRoles,
  pairStreamId,
} from '#domain/connection';
import type { Envelope, StreamCommands } from '../command-executor.ts';
import type { Aggregates } from '../core/aggregates.ts';
import { derivedId } from '../core/ids.ts';
import { Dispatch, StreamCommandHandler } from './stream-command-handler.ts';

export class DispatchConnectionCommand extends Dispatch<ConnectionCommand> {}

@CommandHandler(DispatchConnectionCommand)
export class ConnectionCommandHandler extends StreamCommandHandler<
  ConnectionState,
  ConnectionCommand,
  ConnectionEvent,
  ConnectionFacts
> {
  protected readonly commands: StreamCommands<
    ConnectionState,
    ConnectionCommand,
    ConnectionEvent,
    ConnectionFacts
  > = {
    decider: connection,
    roles: connectionRoles,
    streamId: (command) => command.data.connectionId,
    facts: (command, state) => this.facts(command, state),
  };

  private readonly pairs: StreamCommands<
    ConnectionPairState,
    ConnectionPairCommand,
    ConnectionPairEvent,
    ConnectionPairFacts
  > = {
    decider: connectionPair,
    roles: connectionPairRoles,
    streamId: (command) => pairStreamId(command.data.creator, command.actor.account),
    facts: holderFacts,
  };

  /** Claims the pair before the connection is authenticated (R-C2), once it is sure that it will be. */
  private async facts(command: ConnectionCommand, state: ConnectionState): Promise<ConnectionFacts> {
    if (command.type !== 'AuthenticateConnection' || state.status === 'none') return undefined;
    const pairHeldBy = command.data.connectionId;
    if (connection.decide(command, state, { pairHeldBy }).length > 0) {
      await this.executor.execute(this.pairs, claimFor(command as Envelope<typeof command>, state.creator));
    }
    return { pairHeldBy };
  }
}

function claimFor(
  command: Envelope<Extract<ConnectionCommand, { type: 'AuthenticateConnection' }>>,
  creator: string,
): Envelope<ConnectionPairCommand> {
  return {
    ...command,
    id: derivedId(command.id, 'claim', command.data.connectionId),
    type: 'ClaimConnectionPair',
    data: { ...command.data, creator },
    expectedRevision: undefined,
    correlationId: command.correlationId ?? command.id,
    causationId: command.id,
  };
}

async function holderFacts(
  command: ConnectionPairCommand,
  state: ConnectionPairState,
  aggregates: Aggregates,
): Promise<ConnectionPairFacts> {
  if (state.status === 'none' || state.connectionId === command.data.connectionId) return {};
  return { holder: await aggregates.state(connection, state.connectionId) };
}
