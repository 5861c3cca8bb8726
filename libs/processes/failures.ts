import { Refusal } from '#domain/kernel';
import type { Position } from '#event-store';
import type { ViewReader } from '#view-store';

/** The executor of commands cannot be reached; whether a command took effect may be unknown. */
export class CommandsUnavailable extends Error {
  override readonly name = 'CommandsUnavailable';
}

/** A view has not come as far as a step needs it. */
export class ViewBehind extends Error {
  override readonly name = 'ViewBehind';
  constructor(view: string, position: Position) {
    super(`The view ${view} has not passed ${position} yet.`);
  }
}

/** A step has timed out; it is retried. */
export class StepTimedOut extends Error {
  override readonly name = 'StepTimedOut';
}

/** By name: errors of the thread that carries out commands come across without their class. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'CommandsUnavailable',
  'EventStoreUnavailable',
  'StepTimedOut',
  'StreamContended',
  'ViewBehind',
  'ViewStoreUnavailable',
]);

/** Whether the failure is likely to pass by itself. */
export function isTransient(error: unknown): boolean {
  return error instanceof Error && TRANSIENT.has(error.name);
}

/** Whether the rules refused a command for this reason. */
export function isRefused(error: unknown, ...codes: readonly string[]): error is Refusal {
  return error instanceof Refusal && codes.includes(error.code);
}

/** The failure in a line for those who operate the service. */
export function describe(error: unknown): string {
  if (error instanceof Refusal) return `Refused (${error.code}): ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

const VIEW_WAIT_MS = 5_000;

/**
 * Waits until the view reflects everything up to `position`.
 * @throws ViewBehind it does not, for now
 */
export async function viewPassed(views: ViewReader, view: string, position: Position): Promise<void> {
  if (!(await views.waitFor(view, position, VIEW_WAIT_MS))) throw new ViewBehind(view, position);
}
