/** How often and how long a request is retried while the service is unavailable. */
export interface RetryOptions {
  /** The most requests for one call, including the first. */
  readonly attempts: number;
  /** Before the second attempt; it doubles from one to the next, with a random part. Milliseconds. */
  readonly firstDelay: number;
  /** Milliseconds. */
  readonly longestDelay: number;
}

export const DEFAULT_RETRY: RetryOptions = { attempts: 6, firstDelay: 100, longestDelay: 5_000 };

/** The request was not refused: the same one may succeed later. */
const RETRYABLE = [408, 429, 502, 503, 504];

export function isRetryable(response: Response): boolean {
  return RETRYABLE.includes(response.status);
}

/**
 * How long to wait before the next attempt, in milliseconds: as long as the service asks for, else about twice as long
 * as before.
 * @param attempt how many were made
 * @param random from 0 to 1
 */
export function retryDelay(
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
