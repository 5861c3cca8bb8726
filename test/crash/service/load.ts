import { setTimeout as pause } from 'node:timers/promises';
import { Neighbours } from './companies.ts';
import { Journal } from './journal.ts';
import type { Reachable } from './patient-client.ts';
import { Random } from './random.ts';

const BETWEEN_LOOKS_MS = 2;

/** Companies at work for as long as they are let: they share, take over, give on, revoke and import. */
export class Load {
  private ending = false;
  private readonly work: Promise<unknown>;

  private constructor(
    readonly journal: Journal,
    neighbours: readonly Neighbours[],
    random: Random,
  ) {
    this.work = Promise.all(
      neighbours.map(async (three, index) => {
        if (index === 0) await three.import();
        while (!this.ending) await (random.chance(0.1) ? three.import() : three.share());
      }),
    ).finally(() => {
      this.ending = true;
    });
    // It is told of by `end`.
    this.work.catch(() => undefined);
  }

  /**
   * @param clients how many do something at the same time
   * @param seed of all they choose
   */
  static async begin(service: Reachable, clients: number, seed: number): Promise<Load> {
    const journal = new Journal();
    const neighbours = await Promise.all(
      Array.from({ length: clients }, (_, n) => Neighbours.meet(service, journal, new Random(seed + n))),
    );
    return new Load(journal, neighbours, new Random(seed));
  }

  /** It has been asked to end, or somebody was answered as nobody may be. */
  get over(): boolean {
    return this.ending;
  }

  /**
   * Waits until so many more commands have been acknowledged and others wait for their answer, however fast or slow the
   * machine is; or until it is over.
   */
  async more(commands: number): Promise<void> {
    const { journal } = this;
    const goal = journal.commands.length + commands;
    while (!this.over && (journal.commands.length < goal || !journal.isAsking)) await pause(BETWEEN_LOOKS_MS);
  }

  /**
   * Lets everybody finish what they are at.
   * @throws Error somebody was answered as nobody may be
   */
  async end(): Promise<void> {
    this.ending = true;
    await this.work;
  }
}
