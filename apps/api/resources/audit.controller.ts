import { Controller, Get, Header, Param } from '@nestjs/common';
import {
  type AccessSubject,
  AuditAccess,
  type AuditedKind,
  GetCheckpoint,
  GetEvidence,
  GetHistory,
  GetProof,
  GetSealKeys,
  type Period,
} from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import {
  anyId,
  anyText,
  given,
  invalidQuery,
  listParameters,
  listRequest,
  moment,
  oneOf,
  type Parsed,
  parameters,
  wholeNumber,
} from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Lists, Shows, ShowsText } from '../openapi/describe.ts';

const HISTORY = { asOf: moment };
const ACCESS = {
  installation: anyText,
  account: anyText,
  at: moment,
  from: moment,
  to: moment,
  direction: oneOf('forward', 'backward'),
};
const EVIDENCE = { installation: anyId, account: anyId };
const PROOF = { event: anyId, since: wholeNumber(0, Number.MAX_SAFE_INTEGER) };

/** What happened, when, by whom, under which command and for which cause: to parties their own, to auditors all. */
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly reads: Reads) {}

  @Get('shares/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to a share, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  share(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'share', id);
  }

  @Get('connections/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to a connection, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  connection(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'connection', id);
  }

  @Get('installations/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to an installation, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  installation(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'installation', id);
  }

  @Get('accounts/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to an account, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  account(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'account', id);
  }

  @Get('access')
  @Lists('AccessIntervalView', {
    summary:
      'Who had access to an installation, or what an account had access to: at a moment, within a period, or ever; by which path, and by whose decision.',
    filters: ACCESS,
  })
  access(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, ACCESS);
    const { direction, ...asked } = filter;
    return this.reads.answer(
      http,
      new AuditAccess(http.caller, accessSubject(asked), periodOf(asked), page, direction),
    );
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
    const asked = since === undefined ? given('event', event) : event;
    return this.reads.answer(http, new GetProof(http.caller, asked, since));
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
    return this.reads.answer(http, new GetHistory(http.caller, kind, id, filter.asOf, page));
  }
}

type AccessFilter = Omit<Parsed<typeof ACCESS>, 'direction'>;

/** @throws HttpProblem 400 neither is given */
function accessSubject({ installation, account }: AccessFilter): AccessSubject {
  if (installation !== undefined) return { installation, account };
  if (account !== undefined) return { account };
  const detail = 'An installation, an account, or both are required.';
  throw invalidQuery([{ pointer: '/installation', code: 'required', detail }]);
}

/** @throws HttpProblem 400 a moment and a period, or a period that ends before it begins */
function periodOf({ at, from, to }: AccessFilter): Period {
  if (at !== undefined && (from !== undefined || to !== undefined)) {
    const detail = 'Either a moment or a period is asked for.';
    throw invalidQuery([{ pointer: '/at', code: 'invalid-parameter', detail }]);
  }
  if (from !== undefined && to !== undefined && to <= from) {
    throw invalidQuery([{ pointer: '/to', code: 'invalid-parameter', detail: 'to must be after from.' }]);
  }
  return at === undefined ? { from, to } : { at };
}
