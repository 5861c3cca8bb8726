import { Controller, Get, Header, Param } from '@nestjs/common';
import {
  AuditAccess,
  type AuditedKind,
  ExportHistory,
  GetCheckpoint,
  GetEvidence,
  GetHistory,
  GetProof,
  GetSealKeys,
  GetStory,
} from '#application';
import { exportFormats } from '../audit/export.ts';
import {
  ACCESS,
  accessSubject,
  EXPORT,
  exportedSubject,
  HISTORY,
  historyTime,
  periodOf,
} from '../audit/parameters.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { Files } from '../http/files.ts';
import { anyId, given, listParameters, listRequest, parameters, wholeNumber } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { GivesFile, Lists, Shows, ShowsText } from '../openapi/describe.ts';

const EVIDENCE = { installation: anyId, account: anyId };
const PROOF = { event: anyId, since: wholeNumber(0, Number.MAX_SAFE_INTEGER) };

/** What happened, when, by whom, under which command and for which cause: to parties their own, to auditors all. */
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly reads: Reads,
    private readonly files: Files,
  ) {}

  @Get('shares/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to a share, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs.',
    parameters: listParameters(HISTORY),
  })
  share(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'share', id);
  }

  @Get('connections/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to a connection, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs.',
    parameters: listParameters(HISTORY),
  })
  connection(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'connection', id);
  }

  @Get('installations/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to an installation, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs.',
    parameters: listParameters(HISTORY),
  })
  installation(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'installation', id);
  }

  @Get('accounts/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to an account, in order; with asOf what had happened then, and the state it had come to; with from, and to, what happened in between, and what differs.',
    parameters: listParameters(HISTORY),
  })
  account(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'account', id);
  }

  @Get('stories/:event')
  @Shows('AuditStory', {
    summary:
      'Everything that one request led to, in every stream, in the order in which it happened: the story that an event is part of.',
    parameters: listParameters({}),
  })
  story(@Http() http: Exchange, @Param('event') event: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new GetStory(http.caller, event, page));
  }

  @Get('access')
  @Lists('AccessIntervalView', {
    summary:
      'Who had access to an installation, or what an account had access to: at a moment, within a period, or ever; by which path, and by whose decision.',
    filters: ACCESS,
  })
  access(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, ACCESS);
    const { direction, ...criteria } = filter;
    return this.reads.answer(
      http,
      new AuditAccess(http.caller, accessSubject(criteria), periodOf(criteria), page, direction),
    );
  }

  @Get('export')
  @GivesFile({
    summary: 'A whole history as a file, a line for each event; for auditors also that of everything.',
    description:
      'Names one of `share`, `connection`, `installation` and `account`; an auditor may name none. As NDJSON each line ' +
      'is an item of the history; as CSV it has the same in columns. With `from` and `to`, what happened after the one, ' +
      'up to and including the other. It is sent while it is read: an answer that breaks off is not ended as HTTP says.',
    types: ['application/x-ndjson', 'text/csv'],
    parameters: EXPORT,
  })
  async export(@Http() http: Exchange) {
    const { format = 'ndjson', from, to, ...named } = parameters(http, EXPORT);
    const of = exportedSubject(named);
    const { pages } = await this.reads.answer(http, new ExportHistory(http.caller, of, { from, to }));
    const { mediaType, written } = exportFormats[format];
    const name = of === undefined ? 'audit' : `audit-${of.kind}-${of.id}`;
    return this.files.send(http, written(pages), {
      type: mediaType,
      disposition: `attachment; filename="${name}.${format}"`,
    });
  }

  @Get('checkpoint')
  @ShowsText('The last checkpoint of the sealed log, as a signed note (C2SP tlog-checkpoint).', 'read')
  @Header('content-type', 'text/plain; charset=utf-8')
  checkpoint(@Http() http: Exchange) {
    return this.reads.answer(http, new GetCheckpoint(http.caller));
  }

  @Get('keys')
  @Shows('SealKeyList', { summary: 'The public keys that checkpoints are signed with, or once were.' })
  keys(@Http() http: Exchange) {
    return this.reads.answer(http, new GetSealKeys(http.caller));
  }

  @Get('proof')
  @Shows('SealProof', {
    summary:
      'Proofs of RFC 9162: that an event is in the sealed log, and that the log only grew since an earlier checkpoint.',
    parameters: PROOF,
  })
  proof(@Http() http: Exchange) {
    const { event, since } = parameters(http, PROOF);
    const eventId = since === undefined ? given('event', event) : event;
    return this.reads.answer(http, new GetProof(http.caller, eventId, since));
  }

  @Get('evidence')
  @Shows('EvidencePack', {
    summary:
      'Whether, when and by whose decision an account had access to an installation, with everything that it takes to check that offline; for auditors.',
    parameters: EVIDENCE,
    required: ['installation', 'account'],
  })
  evidence(@Http() http: Exchange) {
    const { installation, account } = parameters(http, EVIDENCE);
    return this.reads.answer(
      http,
      new GetEvidence(http.caller, given('installation', installation), given('account', account)),
    );
  }

  private history(http: Exchange, kind: AuditedKind, id: string) {
    const { filter, page } = listRequest(http, HISTORY);
    return this.reads.answer(http, new GetHistory(http.caller, kind, id, historyTime(filter), page));
  }
}
