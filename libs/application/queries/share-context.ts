import { Refusal } from '#domain/kernel';
import { type ActingAt, type ShareState, shareRefusalContext } from '#domain/share';

/**
 * Answers a query about an action on a share. Its refusals have the same context of the share as refusals of
 * the action itself (R-S10).
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
