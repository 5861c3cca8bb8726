// Applies a later end of a share to the grants that came from it (R-E4). Decisions in between ask the share itself.

import { LRUCache } from 'lru-cache';
import { CONCURRENT_COMMANDS, mapConcurrently } from '#application/core';
import { findGrant, installation, isLive } from '#domain/installation';
import { ITEMS_PER_EVENT } from '#domain/kernel';
import { isLiveOrOffered, share, wasApproved } from '#domain/share';
import { grantIdOf } from './grant-id.ts';
import { issueFor } from './issue.ts';
import type { ProcessDependencies, ProcessManager, StepResult, Works } from './process-manager.ts';

const NAME = 'extend-access';

export type Extension = { readonly shareId: string; readonly until: string };

/** The most extensions whose progress is cached. */
const KEPT = 100;

export class ExtendAccess implements ProcessManager<Extension> {
  readonly name = NAME;
  readonly startedBy = ['ShareExtended'] as const;
  /** The items each has passed; after a crash it starts again, and skips what is extended already. */
  private readonly passed = new LRUCache<string, number>({ max: KEPT });

  workFor(event: Parameters<ProcessManager['workFor']>[0]) {
    if (event.type !== 'ShareExtended') return undefined;
    const { shareId, until } = event.data;
    return { key: `${shareId}/${until}`, data: { shareId, until } };
  }

  async step([work]: Works<Extension>, { aggregates, commands }: ProcessDependencies): Promise<StepResult> {
    const { shareId, until } = work.data;
    const given = await aggregates.state(share, shareId);
    if (!wasApproved(given)) return 'done';
    const issue = issueFor(commands, NAME, work, given.summary.provider);
    const from = this.passed.get(work.key) ?? 0;
    const items = [...given.contents.items].slice(from, from + ITEMS_PER_EVENT);
    await mapConcurrently(
      items.filter(([, item]) => isLiveOrOffered(item)),
      CONCURRENT_COMMANDS,
      async ([installationId]) => {
        const grantId = grantIdOf(shareId, installationId);
        const state = await aggregates.state(installation, installationId);
        const grant = state.status === 'none' ? undefined : findGrant(state.tree, grantId);
        if (grant?.until === undefined || !isLive(grant) || until <= grant.until) return;
        await issue('ExtendAccess', { installationId, grantId, shareId, until }, installationId);
      },
    );
    const passed = from + items.length;
    if (passed >= given.contents.items.size) {
      this.passed.delete(work.key);
      return 'done';
    }
    this.passed.set(work.key, passed);
    return 'continue';
  }
}
