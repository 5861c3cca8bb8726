import { Refusal } from '#domain/kernel';
import { type ActingAt, type ShareState, shareRefusalContext } from '#domain/share';

/**
 * Answers a question about an action on a share. What refuses it tells the caller as much of the share as a refusal of
 * the action itself does (R-S10).
 */
export async function inShareContext<Answer>(
  state: ShareState,
  acting: ActingAt,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    throw error instanceof Refusal ? error.inContext(shareRefusalContext(state, acting)) : error;
  }
}
