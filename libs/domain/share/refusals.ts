import { conflict, impossible, type Refusal, type RefusalDetail, type RefusalOptions } from '#domain/kernel';

/** Refusals that give the caller the share's status, as the caller reads it, and the allowed actions (R-S10). */
export interface ShareRefusals {
  conflict(code: string, detail: string, errors?: readonly RefusalDetail[]): Refusal;
  impossible(code: string, detail: string, errors?: readonly RefusalDetail[]): Refusal;
  /** A conflict with the status of the share. */
  notNow(code: string): Refusal;
}

/** Refusals in the given context, which is computed only when one is thrown. */
export function refusalsIn(context: () => RefusalOptions): ShareRefusals {
  const options = (errors?: readonly RefusalDetail[]) => ({ ...context(), ...(errors && { errors }) });
  return {
    conflict: (code, detail, errors) => conflict(code, detail, options(errors)),
    impossible: (code, detail, errors) => impossible(code, detail, options(errors)),
    notNow(code) {
      const known = options();
      return conflict(code, `The share is ${known.currentStatus}, which does not allow this now.`, known);
    },
  };
}

/**
 * Refuses a command that names installations that are not in the share.
 * @throws Refusal `item-not-in-share`, naming each
 */
export function requireItems(
  installations: readonly string[],
  items: { has(installationId: string): boolean },
  refusals: ShareRefusals,
): void {
  const unknown = installations.filter((installationId) => !items.has(installationId));
  if (unknown.length === 0) return;
  const code = 'item-not-in-share';
  const detail = 'There is no such installation in this share.';
  throw refusals.impossible(
    code,
    detail,
    unknown.map((installationId) => ({ pointer: installationId, code, detail })),
  );
}
