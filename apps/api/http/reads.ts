import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { EVENT_STORE, VIEWS, type ViewQuery } from '#application';
import { type EventReader, type Position, START } from '#event-store';
import type { ViewReader } from '#view-store';
import { consistencyToken, positionOf, waitOf } from './consistency.ts';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

const RETRY_AFTER_SECONDS = 1;

/** Reads views at least as new as the caller requires, and returns a token of their position. */
@Injectable()
export class Reads {
  constructor(
    private readonly bus: QueryBus,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(EVENT_STORE) private readonly log: EventReader,
  ) {}

  /**
   * Answers the query once the views it reads have passed the request's Consistency-Token, and `after` where that is
   * given: a write the request has just made.
   * @throws HttpProblem 503 `view-behind` when they have not within the time the request allows
   */
  async answer<Result>(http: Exchange, query: ViewQuery<Result>, after: Position = START): Promise<Result> {
    const result = await this.of(http, query.reads, () => this.result(query), after);
    if (hasRevision(result)) http.reply.header('etag', `"${result.revision}"`);
    return result;
  }

  /**
   * The same for anything else that is found in the views of these projections.
   * @throws HttpProblem 503 `view-behind`
   */
  async of<Result>(
    { request, reply }: Exchange,
    projections: readonly string[],
    find: () => Promise<Result>,
    after: Position = START,
  ): Promise<Result> {
    const token = request.headers['consistency-token'];
    const required = typeof token === 'string' ? positionOf(token) : START;
    const position = Math.max(required, after) as Position;
    if (position > START)
      await this.reach(projections, position, waitOf(request.headers.prefer as string | undefined));
    const reflected = await this.reflected(projections);
    const result = await find();
    reply.header('consistency-token', consistencyToken(reflected));
    return result;
  }

  /** The answer of a query with the current position of its views. */
  result<Result>(query: ViewQuery<Result>): Promise<Result> {
    return this.bus.execute(query);
  }

  private async reach(projections: readonly string[], position: Position, waitMs: number): Promise<void> {
    const reached = await Promise.all(projections.map((name) => this.views.waitFor(name, position, waitMs)));
    if (reached.every(Boolean)) return;
    throw new HttpProblem(503, 'view-behind', 'The view does not show that write yet; try again.', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  /**
   * Read before the documents are: what they reflect is never older than what is said of them. What reads no view
   * reads the log.
   */
  private async reflected(projections: readonly string[]): Promise<Position> {
    if (projections.length === 0) return this.log.head();
    const positions = await Promise.all(projections.map((name) => this.views.checkpoint(name)));
    return Math.min(...positions) as Position;
  }
}

/** Whether it is a single resource with a revision, for `If-Match`. */
function hasRevision(result: unknown): result is { readonly revision: number } {
  return typeof (result as { revision?: unknown } | null)?.revision === 'number';
}
