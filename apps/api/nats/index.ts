import type { Type } from '@nestjs/common';
import type { Log } from '#subscriptions';
import type { NatsAddress } from './address.ts';
import { CommandMessages } from './command-messages.ts';
import { COMMAND_QUEUE } from './subjects.ts';
import { NatsTransport } from './transport.ts';

/** Commands over NATS: the transport, and the handler of its messages. */
export interface CommandsOverNats {
  readonly transport: NatsTransport;
  readonly controller: Type;
}

/** Nothing is connected to before the transport listens. */
export function commandsOverNats(address: NatsAddress, log: Log): CommandsOverNats {
  return { transport: new NatsTransport(address, COMMAND_QUEUE, log), controller: CommandMessages };
}
