import { setTimeout as pause } from 'node:timers/promises';
import { CompanyChain } from './companies.ts';
import { Journal } from './journal.ts';
import { Random } from './random.ts';
import type { Reachable } from './retrying-client.ts';

const POLL_INTERVAL_MS = 2;

/** Companies that share, take over, give on, revoke and import until the load is ended. */
export class Load {
  private ending = false;
  private readonly work: Promise<unknown>;

  private constructor(
    readonly journal: Journal,
    companies: readonly CompanyChain[],
    random: Random,
  ) {
    this.work = Promise.all(
      companies.map(async (three, index) => {
        if (index === 0) await three.import();
        while (!this.ending) await (random.chance(0.1) ? three.import() : three.share());
      }),
    ).finally(() => {
      this.ending = true;
    });
    // Reported by `end`.
    this.work.catch(() => undefined);
  }

  /**
   * @param clients the number of concurrent activities
   * @param seed of all random choices
   */
  static async begin(service: Reachable, clients: number, seed: number): Promise<Load> {
    const journal = new Journal();
    const companies = await Promise.all(
      Array.from({ length: clients }, (_, n) => CompanyChain.connect(service, journal, new Random(seed + n))),
    );
    return new Load(journal, companies, new Random(seed));
  }

  /** It was told to end, or an answer was unexpected. */
  get over(): boolean {
    return this.ending;
  }

  /**
   * Waits until so many more commands have been acknowledged and another one waits for its answer, however fast or
   * slow the machine is; or until it is over.
   */
  async more(commands: number): Promise<void> {
    const { journal } = this;
    const target = journal.commands.length + commands;
    while (!this.over && (journal.commands.length < target || !journal.isAsking))
      await pause(POLL_INTERVAL_MS);
  }

  /**
   * Waits until all activities have finished.
   * @throws Error an answer was unexpected
   */
  async end(): Promise<void> {
    this.ending = true;
    await this.work;
  }
}
