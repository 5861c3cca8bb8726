/** How often and how long a request is tried that the service could not take. */
export interface RetryOptions {
  /** Requests for one call at most, the first included. */
  readonly attempts: number;
  /** Before the second attempt; it doubles from one to the next, with a random part. Milliseconds. */
  readonly firstDelay: number;
  /** Milliseconds. */
  readonly longestDelay: number;
}

export const DEFAULT_RETRY: RetryOptions = { attempts: 6, firstDelay: 100, longestDelay: 5_000 };

/** Answers after which nothing is known to be refused: the same request may succeed later. */
const TRY_AGAIN = [408, 429, 502, 503, 504];

export function mayTryAgain(response: Response): boolean {
  return TRY_AGAIN.includes(response.status);
}

/**
 * How long to wait before the next attempt, in milliseconds: as long as the service asks for, else about twice as long
 * as before.
 * @param attempt how many were made
 * @param random from 0 to 1
 */
export function delayAfter(
  attempt: number,
  { firstDelay, longestDelay }: RetryOptions,
  response: Response | undefined,
  random: number,
): number {
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN);
  if (seconds > 0) return seconds * 1_000 * (1 + random / 10);
  return Math.min(firstDelay * 2 ** (attempt - 1), longestDelay) * (0.5 + random / 2);
}

/**
 * Resolves after that many milliseconds.
 * @throws the reason of the signal, once it is aborted
 */
export function pause(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
