import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#domain/kernel';
import type { EventReader } from '#event-store';
import type { AccessInterval } from '#projections/access';
import type { ViewReader } from '#view-store';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import {
  type AccessIntervalView,
  type Found,
  foundBy,
  INTERVALS_READ,
  ofInstallation,
  readerOf,
  shownIntervals,
} from './access-intervals.ts';
import { type Direction, isWithin, type Period, partsOf } from './access-periods.ts';
import { collectFromParts } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** The account, the installation, or both. */
export type AccessSubject =
  | { readonly installation: string; readonly account?: string }
  | { readonly installation?: undefined; readonly account: string };

/** Who had access to what, when, by which path and by whose decision, as far as the caller may know. */
export class AuditAccess extends ViewQuery<PageOf<AccessIntervalView>> {
  readonly reads = INTERVALS_READ;

  constructor(
    caller: Actor,
    readonly subject: AccessSubject,
    readonly period: Period,
    readonly page: PageRequest,
    readonly direction: Direction = 'forward',
  ) {
    super(caller);
  }
}

@QueryHandler(AuditAccess)
export class AuditAccessHandler implements IQueryHandler<AuditAccess, PageOf<AccessIntervalView>> {
  constructor(
    @Inject(EVENT_STORE) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
  ) {}

  /** @throws Refusal `not-found`: there is no such installation, or the caller never had access to it and is no auditor */
  async execute({
    caller,
    subject,
    period,
    page,
    direction,
  }: AuditAccess): Promise<PageOf<AccessIntervalView>> {
    const { installation, account } = subject;
    const reader = readerOf(caller);
    const isAsked = (interval: AccessInterval) =>
      (account === undefined || interval.account === account) && isWithin(interval, period);
    const { items, ...found } =
      installation === undefined
        ? await this.ofAccount(subject.account, reader, period, page, direction)
        : await ofInstallation(this.views, installation, reader, isAsked, page, direction);
    return { ...found, items: await shownIntervals(this, items, caller) };
  }

  /** Auditors read what an account knows of its own access, which is everything. */
  private async ofAccount(
    account: string,
    reader: string | undefined,
    period: Period,
    page: PageRequest,
    direction: Direction,
  ): Promise<PageOf<Found>> {
    const parts = partsOf([reader ?? account, account], period, direction);
    const { items, ...rest } = await collectFromParts(this.views, parts, page);
    return { ...rest, items: await foundBy(this.views, items, reader) };
  }
}
