import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, type StreamableFile } from '@nestjs/common';
import {
  type AccessIntervalView,
  AuditAccess,
  CLOCK,
  type Clock,
  ExportHistory,
  GetCheckpoint,
  GetHistory,
  type PageOf,
  VIEWS,
} from '#application';
import { Refusal } from '#domain/kernel';
import { counterparties, known } from '#projections/accounts';
import type { ViewReader } from '#view-store';
import type { Html } from '../audit/report/html.ts';
import { installationReport } from '../audit/report/installation.ts';
import { REPORT_HEADERS, type ReportContext, reportOf } from '../audit/report/page.ts';
import { shareReport } from '../audit/report/share.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { Files } from '../http/files.ts';
import { parameters } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { GivesFile } from '../openapi/describe.ts';

const PAGE_SIZE = 200;

/** Reports for printing, A4, with what the caller may know. */
@Controller('v1/audit')
export class AuditReportsController {
  constructor(
    private readonly reads: Reads,
    private readonly files: Files,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(VIEWS) private readonly views: ViewReader,
  ) {}

  @Get('shares/:id/report')
  @GivesFile({
    summary:
      'A share as a page to be printed: what was given, what happened and by whom, and access to each installation.',
    types: ['text/html'],
  })
  async share(@Http() http: Exchange, @Param('id') id: string) {
    parameters(http, {});
    const { caller } = http;
    const query = new GetHistory(caller, 'share', id, { asOf: this.clock.now() }, { pageSize: 1 });
    const { state = {} } = await this.reads.answer(http, query);
    const { pages } = await this.reads.result(new ExportHistory(caller, { kind: 'share', id }, {}));
    const { requester, provider } = state as { readonly requester?: string; readonly provider?: string };
    const accounts = await counterparties(this.views, [requester, provider].filter(isGiven));
    return this.report(http, 'Report on a share', shareReport({ id, state, accounts, pages }));
  }

  @Get('installations/:id/report')
  @GivesFile({
    summary:
      'Access to an installation as a page to be printed: who, from when to when, through what, and by whose decision.',
    types: ['text/html'],
  })
  async installation(@Http() http: Exchange, @Param('id') installation: string) {
    parameters(http, {});
    const page = (pageToken?: string) =>
      new AuditAccess(http.caller, { installation }, {}, { pageSize: PAGE_SIZE, pageToken });
    const first = await this.reads.answer(http, page());
    const next = (pageToken: string) => this.reads.result(page(pageToken));
    return this.report(http, 'Report on access to an installation', installationReport(allOf(first, next)));
  }

  private async report(http: Exchange, title: string, parts: AsyncIterable<Html>): Promise<StreamableFile> {
    const context = {
      reader: await this.reader(http),
      now: this.clock.now(),
      checkpoint: await this.checkpoint(http),
    };
    http.reply.headers(REPORT_HEADERS);
    return this.files.send(http, Readable.from(reportOf(title, parts, context), { objectMode: false }), {
      type: 'text/html; charset=utf-8',
    });
  }

  private async reader({ caller: { account, roles } }: Exchange): Promise<ReportContext['reader']> {
    if (roles.includes('auditor')) return 'auditor';
    return known(await counterparties(this.views, [account]), account);
  }

  private async checkpoint({ caller }: Exchange): Promise<string | undefined> {
    try {
      return await this.reads.result(new GetCheckpoint(caller));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not-yet-sealed') return undefined;
      throw error;
    }
  }
}

function isGiven(id: string | undefined): id is string {
  return id !== undefined;
}

async function* allOf(
  first: PageOf<AccessIntervalView>,
  more: (pageToken: string) => Promise<PageOf<AccessIntervalView>>,
): AsyncGenerator<readonly AccessIntervalView[]> {
  let page = first;
  yield page.items;
  while (page.nextPageToken !== undefined) {
    page = await more(page.nextPageToken);
    yield page.items;
  }
}
