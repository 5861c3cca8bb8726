import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type ErasureReason, erasureRoles } from '#domain/erasure';
import { type Actor, type Instant, notFound, requireRole } from '#domain/kernel';
import { type ErasureDocument, erasures, erasuresProjection } from '#projections/erasures';
import type { ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { listPage, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** The erasure of a person, whose name is recorded nowhere. */
export interface ErasureView {
  readonly id: string;
  /** `erasing` until the key is destroyed, mostly only for moments. */
  readonly status: 'erasing' | 'erased';
  readonly reason?: ErasureReason;
  readonly requestedAt: Instant;
  readonly erasedAt?: Instant;
  readonly revision: number;
}

export class GetErasure extends ViewQuery<ErasureView> {
  readonly reads = [erasuresProjection.name];

  constructor(
    caller: Actor,
    readonly erasureId: string,
  ) {
    super(caller);
  }
}

export class ListErasures extends ViewQuery<PageOf<ErasureView>> {
  readonly reads = [erasuresProjection.name];

  constructor(
    caller: Actor,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetErasure)
export class GetErasureHandler implements IQueryHandler<GetErasure, ErasureView> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws Refusal `not-found`, `role-not-allowed` */
  async execute({ caller, erasureId }: GetErasure): Promise<ErasureView> {
    const document = await this.views.get(erasures, erasureId);
    if (document === undefined || document.account !== caller.account) throw notFound('erasure');
    requireRole(caller, erasureRoles.EraseDataSubject);
    return erasureView(document);
  }
}

@QueryHandler(ListErasures)
export class ListErasuresHandler implements IQueryHandler<ListErasures, PageOf<ErasureView>> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** The newest first. @throws Refusal `role-not-allowed` */
  async execute({ caller, page }: ListErasures): Promise<PageOf<ErasureView>> {
    requireRole(caller, erasureRoles.EraseDataSubject);
    const query = { index: 'by-account', prefix: [caller.account], direction: 'descending' } as const;
    const found = await listPage(this.views, { collection: erasures, query }, page);
    return withItems(found, found.items.map(erasureView));
  }
}

function erasureView({ id, reason, requestedAt, erasedAt, revision }: ErasureDocument): ErasureView {
  const status = erasedAt === undefined ? 'erasing' : 'erased';
  return { id, status, ...(reason && { reason }), requestedAt, ...(erasedAt && { erasedAt }), revision };
}
