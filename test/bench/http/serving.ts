import type { Address } from '../load.ts';

/** What a measured server answers to whoever started it. */
export interface Answers {
  /** Microseconds of CPU that the thread which answers requests has used. */
  readonly cpu: number;
  /** The same of all threads together. */
  readonly cpuOfAll: number;
  /** The bytes of memory that the process holds. */
  readonly memory: number;
  /** Said once nothing is left to be done in the background. */
  readonly settled: true;
}

/**
 * Says where this process serves, and answers what it is asked until its parent is gone.
 * @param settle waits for what the process does beside answering
 */
export function serve(address: Address, settle: () => Promise<void> = async () => undefined): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async (question: keyof Answers) => {
    process.send?.(await answers[question](settle));
  });
  process.send?.(address);
}

const answers = {
  cpu: async (): Promise<Answers['cpu']> => sum(process.threadCpuUsage()),
  cpuOfAll: async (): Promise<Answers['cpuOfAll']> => sum(process.cpuUsage()),
  memory: async (): Promise<Answers['memory']> => process.memoryUsage.rss(),
  settled: async (settle: () => Promise<void>): Promise<Answers['settled']> => {
    await settle();
    return true;
  },
};

function sum({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
