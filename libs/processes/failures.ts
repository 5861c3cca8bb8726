import { Refusal } from '#domain/kernel';
import type { Position } from '#event-store';
import type { ViewReader } from '#view-store';

/** The executor of commands cannot be reached; whether a command took effect may be unknown. */
export class CommandsUnavailable extends Error {
  override readonly name = 'CommandsUnavailable';
}

/** A view does not yet reflect the position that a step needs. */
export class ViewBehind extends Error {
  override readonly name = 'ViewBehind';
  constructor(view: string, position: Position) {
    super(`The view ${view} does not reflect position ${position} yet.`);
  }
}

/** A step has timed out; it is retried. */
export class StepTimedOut extends Error {
  override readonly name = 'StepTimedOut';
}

/** By name, because errors from the thread that executes commands lose their class. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'CommandsUnavailable',
  'EventStoreUnavailable',
  'KeyStoreUnavailable',
  'StepTimedOut',
  'StreamContended',
  'ViewBehind',
  'ViewStoreUnavailable',
]);

/** Whether a retry is likely to succeed. */
export function isTransient(error: unknown): boolean {
  return error instanceof Error && TRANSIENT.has(error.name);
}

/** Whether the rules refused a command for this reason. */
export function isRefused(error: unknown, ...codes: readonly string[]): error is Refusal {
  return error instanceof Refusal && codes.includes(error.code);
}

/** The failure as one line for operators. */
export function describe(error: unknown): string {
  if (error instanceof Refusal) return `Refused (${error.code}): ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

const VIEW_WAIT_MS = 5_000;

/**
 * Waits until the view reflects everything up to `position`.
 * @throws ViewBehind it does not reflect it in time
 */
export async function waitForView(views: ViewReader, view: string, position: Position): Promise<void> {
  if (!(await views.waitFor(view, position, VIEW_WAIT_MS))) throw new ViewBehind(view, position);
}
