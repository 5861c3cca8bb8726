import { impossible, type Refusal } from '#domain/kernel';
import type { TransferLevel } from '#domain/share';

/** Some of what was selected is not in the provider's own catalogue; `indexes` tell which. */
export function selectionNotFound(level: TransferLevel, indexes: readonly number[]): Refusal {
  const errors = indexes.map((index) => ({
    pointer: `/selection/${index}`,
    code: `${level}-not-found`,
    detail: `No ${level} of yours.`,
  }));
  return impossible('selection-not-found', `Some of the selected ${level}s are not yours.`, { errors });
}
