import { randomUUID } from 'node:crypto';
import type { PublicCommandType } from '#contracts/commands';
import type { RetryingClient } from './retrying-client.ts';

/** A command and the answer its client finally got. */
export interface Acknowledged {
  readonly id: string;
  readonly type: PublicCommandType;
  /** The id of what it created or changed. */
  readonly about: string;
  /** The revision of the stream after the command. */
  readonly revision: number;
  /** How often it was sent until it was answered. */
  readonly tries: number;
}

/** A catalogue file that was acknowledged. */
export interface AcknowledgedFile {
  readonly account: string;
  readonly references: readonly string[];
}

/** What clients sent and were acknowledged. */
export class Journal {
  readonly commands: Acknowledged[] = [];
  readonly files: AcknowledgedFile[] = [];
  private unanswered = 0;

  /** Whether a command waits for its acknowledgement. */
  get isAsking(): boolean {
    return this.unanswered > 0;
  }

  /** Sends a command until it is acknowledged; gives the id of what it created or changed. */
  async send(client: RetryingClient, type: PublicCommandType, data: object): Promise<string> {
    const id = randomUUID();
    this.unanswered += 1;
    try {
      const { body, tries } = await client.ask('POST', '/v1/commands', { body: { id, type, data } });
      this.commands.push({ id, type, about: body.id, revision: body.revision, tries });
      return body.id;
    } finally {
      this.unanswered -= 1;
    }
  }
}
