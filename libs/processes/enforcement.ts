// Makes a revocation effective before it is answered (R-V8): the processes' work is done at once, by the same steps
// and with the same command ids, so that whichever comes second changes nothing.
import pTimeout from 'p-timeout';
import type {
  AnsweredCommand,
  CausedCommand,
  CommandOutcome,
  CommandPort,
  Enforced,
  Enforcement,
} from '#application/core';
import { deserialise, type Recorded } from '#contracts';
import { connection } from '#domain/connection';
import { share } from '#domain/share';
import type { JsonObject, RecordedEvent, Revision } from '#event-store';
import { installationsProjection } from '#projections/installations';
import { endConnection } from './end-connection.ts';
import type { ProcessDependencies, ProcessManager, Work } from './process-manager.ts';
import { openWithdrawals, withdraw, withdrawAccess } from './withdraw-access.ts';
import { causeOf } from './work.ts';

/** The most installations whose access ends before the answer; a larger revocation is answered before it has ended. */
const AT_ONCE = 500;

/** The commands that end access. */
const ENDING_ACCESS: ReadonlySet<string> = new Set(['RevokeShare', 'EndConnection', 'ReturnAccess']);

/** How long an answer waits for it. */
const PATIENCE_MS = 10_000;

const PAGE = 64;

type Dependencies = Omit<ProcessDependencies, 'commands'>;

/** Ends access as a command's events require before the command is answered, and waits until the view reflects it. */
export class PromptEnforcement implements Enforcement {
  /** @param atOnce the most installations that an answer waits for */
  constructor(
    private readonly dependencies: Dependencies,
    private readonly atOnce = AT_ONCE,
  ) {}

  concerns(type: string): boolean {
    return ENDING_ACCESS.has(type);
  }

  async enforce(command: AnsweredCommand, outcome: CommandOutcome, commands: CommandPort): Promise<Enforced> {
    const run = new Run(this.dependencies, commands, this.atOnce);
    const position = await pTimeout(
      // What fails here is retried by the processes, which log the failure.
      run.enforce(command, outcome).catch(() => undefined),
      { milliseconds: PATIENCE_MS, fallback: () => undefined },
    );
    if (position !== undefined) return { position };
    return { position: outcome.position, progress: { phase: 'revoking', ...run.progress } };
  }
}

/** The effects of one command. */
class Run {
  private done = 0;
  private of = 0;

  constructor(
    private readonly dependencies: Dependencies,
    private readonly commands: CommandPort,
    /** How many installations may still be withdrawn before the answer. */
    private left: number,
  ) {}

  get progress() {
    return { done: this.done, of: this.of };
  }

  /** The position a view must pass to reflect all effects; `undefined` while some are still outstanding. */
  async enforce(command: AnsweredCommand, outcome: CommandOutcome): Promise<Enforced['position']> {
    switch (command.type) {
      case 'RevokeShare':
        await this.revoke(command, outcome);
        break;
      case 'EndConnection':
        await this.endConnection(command, outcome);
        break;
      case 'ReturnAccess':
        // Access ended, with everything given on from it, in the installation's own stream.
        this.of = 1;
        this.done = 1;
        break;
      default:
        return outcome.position;
    }
    if (this.done < this.of) return undefined;
    return this.of === 0 ? outcome.position : this.waitForAccessView();
  }

  private async revoke(command: AnsweredCommand, outcome: CommandOutcome): Promise<void> {
    const events = await this.recordedBy(command, outcome, share.category);
    const revocations = events.flatMap((event) => {
      const work = workOf(withdrawAccess, event);
      if (work === undefined || event.type !== 'ShareItemsWithdrawn') return [];
      return { work, size: event.data.installations.length };
    });
    // Counted before the first is withdrawn: withdrawing all may take longer than the answer can wait.
    this.of += revocations.reduce((sum, { size }) => sum + size, 0);
    for (const { work, size } of revocations) {
      if (this.left === 0) return;
      const open = await openWithdrawals(work, this.dependencies);
      this.done += size - open.length;
      const now = open.slice(0, this.left);
      this.left -= now.length;
      await withdraw(now, work, this.commands);
      this.done += now.length;
    }
  }

  /** Revokes what the account that ended the connection gave along it, if it chose so (R-C4). */
  private async endConnection(command: AnsweredCommand, outcome: CommandOutcome): Promise<void> {
    const commands: CommandPort = { send: (caused) => this.sendAndEnforce(caused) };
    for (const event of await this.recordedBy(command, outcome, connection.category)) {
      const work = workOf(endConnection, event);
      if (work?.data.revokeShares) await endConnection.step([work], { ...this.dependencies, commands });
    }
  }

  private async sendAndEnforce(caused: CausedCommand): Promise<CommandOutcome> {
    const outcome = await this.commands.send(caused);
    const { id, type, actor } = caused;
    if (type === 'RevokeShare') await this.revoke({ id, type, account: actor.account }, outcome);
    return outcome;
  }

  /** Waits until the view by which access is checked reflects this position. */
  private async waitForAccessView(): Promise<Enforced['position']> {
    const { reader, views } = this.dependencies;
    const head = await reader.head();
    const passed = await views.waitFor(installationsProjection.name, head, PATIENCE_MS);
    return passed ? head : undefined;
  }

  /** The command's events; for a command that changed nothing, its whole stream: an earlier command caused the effect. */
  private async recordedBy(
    command: AnsweredCommand,
    { id, revision }: CommandOutcome,
    category: string,
  ): Promise<readonly Recorded[]> {
    const own: Recorded[] = [];
    const all: Recorded[] = [];
    const { reader } = this.dependencies;
    for (let from = revision === 'none' ? -1 : revision; from >= 0; from -= PAGE) {
      const page = await reader.readStream(`${category}-${id}`, {
        from: from as Revision,
        direction: 'backwards',
        limit: PAGE,
      });
      for (const recorded of page) {
        const isOwn = isOf(command, recorded);
        if (!isOwn && own.length > 0) return own.reverse();
        (isOwn ? own : all).push(deserialise(recorded));
      }
    }
    return (own.length > 0 ? own : all).reverse();
  }
}

function isOf({ id, account }: AnsweredCommand, { metadata }: RecordedEvent): boolean {
  const actor = metadata.actor as { readonly account: string };
  return metadata.commandId === id && actor.account === account;
}

function workOf<Data extends JsonObject>(
  process: Pick<ProcessManager<Data>, 'workFor'>,
  event: Recorded,
): Work<Data> | undefined {
  const work = process.workFor(event);
  return work && { ...work, cause: causeOf(event) };
}
