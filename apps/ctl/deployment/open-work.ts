import type { Instant } from '#domain/kernel';
import { processWork, type WorkDocument } from '#processes';
import { allPages } from '#view-store';
import type { Deployment } from './deployment.ts';

/** Open work of a process. */
export interface ReportedWork {
  readonly process: string;
  readonly key: string;
  /** When the event that caused it happened. */
  readonly since: Instant;
  /** `open`: no failure is known. */
  readonly state: 'open' | 'ready' | 'running' | 'waiting' | 'stuck';
  readonly reason?: string;
}

/** The open work, the longest open first; at most `limit` of it. */
export async function reportWork(deployment: Deployment, limit: number): Promise<readonly ReportedWork[]> {
  const status = await deployment.status();
  const troubled = new Map(status?.processes.troubled.map((each) => [`${each.process}/${each.key}`, each]));
  const works: ReportedWork[] = [];
  for await (const { id, process, key, since, stuck } of openWork(deployment)) {
    const live = troubled.get(id);
    const state = stuck ? 'stuck' : (live?.state ?? 'open');
    works.push({ process, key, since, state, reason: live?.reason ?? stuck?.reason });
    if (works.length === limit) break;
  }
  return works;
}

async function* openWork({ stored }: Deployment): AsyncGenerator<WorkDocument> {
  for await (const page of allPages(stored, processWork, { index: 'by-cause', prefix: [] })) yield* page;
}
