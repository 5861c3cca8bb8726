import { backOff, type Log, type Pauses } from '#subscriptions';

export interface RetryOptions {
  readonly log: Log;
  readonly pauses: Pauses;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Retries something until it succeeds, with growing pauses, or until the signal is aborted.
 * @param what it is about, for the log
 */
export async function retryUntilDone(
  what: string,
  work: () => Promise<void>,
  { log, pauses, signal }: RetryOptions,
): Promise<void> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (signal.aborted) return;
      const retryInMs = backOff(failures, pauses.random);
      log.warn({ what, err: error, failures, retryInMs }, 'A step for webhooks failed and will be retried');
      await pauses.sleep(retryInMs, signal);
    }
  }
}
