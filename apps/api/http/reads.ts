import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { VIEWS, type ViewQuery } from '#application';
import type { Position } from '#event-store';
import type { ViewReader } from '#view-store';
import { consistencyToken, positionOf, waitOf } from './consistency.ts';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

const RETRY_AFTER_SECONDS = 1;

/** Reads views at least as new as the caller asks for, and says how new they are. */
@Injectable()
export class Reads {
  constructor(
    private readonly bus: QueryBus,
    @Inject(VIEWS) private readonly views: ViewReader,
  ) {}

  /**
   * Answers the query once the views it reads have passed the request's Consistency-Token.
   * @throws HttpProblem 503 `view-behind` when they have not within the time the request allows
   */
  async answer<Result>({ request, reply }: Exchange, query: ViewQuery<Result>): Promise<Result> {
    const token = request.headers['consistency-token'];
    if (typeof token === 'string') {
      await this.reach(query.reads, positionOf(token), waitOf(request.headers.prefer as string | undefined));
    }
    const reflected = await this.reflected(query.reads);
    const result = await this.bus.execute(query);
    reply.header('consistency-token', consistencyToken(reflected));
    return result;
  }

  private async reach(projections: readonly string[], position: Position, waitMs: number): Promise<void> {
    const reached = await Promise.all(projections.map((name) => this.views.waitFor(name, position, waitMs)));
    if (reached.every(Boolean)) return;
    throw new HttpProblem(503, 'view-behind', 'The view has not come that far yet; try again.', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }

  /** Read before the documents are: what they reflect is never older than what is said of them. */
  private async reflected(projections: readonly string[]): Promise<Position> {
    const positions = await Promise.all(projections.map((name) => this.views.checkpoint(name)));
    return Math.min(...positions) as Position;
  }
}
