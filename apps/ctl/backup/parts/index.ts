import { checkpoints } from './checkpoints.ts';
import { keys } from './keys.ts';
import type { Part } from './part.ts';
import { webhooks } from './webhooks.ts';

export type { Beside, Part, Places, RestoredBeside } from './part.ts';

/** Everything that is saved besides the log. */
export const parts: readonly Part[] = [checkpoints, webhooks, keys];
