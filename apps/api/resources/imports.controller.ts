import { Readable } from 'node:stream';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { derivedId, GetImport } from '#application';
import { ForRoles } from '../auth/caller.ts';
import { consistencyToken } from '../http/consistency.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { opaqueToken, parameters } from '../http/list-request.ts';
import { HttpProblem } from '../http/problem.ts';
import { Reads } from '../http/reads.ts';
import { commandIdOf } from '../http/writes.ts';
import { CatalogueReceiver } from '../imports/receiver.ts';
import { csvRecords, MalformedFile, ndjsonRecords } from '../imports/records.ts';
import { spool } from '../imports/spool.ts';
import { Shows, TakesFile } from '../openapi/describe.ts';

const ERRORS = { pageToken: opaqueToken };
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Whole catalogues, from files. */
@Controller('v1/catalogue/imports')
export class ImportsController {
  constructor(
    private readonly receiver: CatalogueReceiver,
    private readonly reads: Reads,
  ) {}

  /** Answers once every row of the file is durable; its import goes on in the background. */
  @Post()
  @ForRoles('manager', 'administrator')
  @TakesFile()
  async receive(@Http() { request, reply, caller }: Exchange) {
    const { body } = request;
    if (!(body instanceof Readable)) {
      throw new HttpProblem(415, 'unsupported-media-type', 'Send text/csv or application/x-ndjson.');
    }
    if (Number(request.headers['content-length']) > MAX_FILE_BYTES) {
      throw new HttpProblem(413, 'too-large', `A file has at most ${MAX_FILE_BYTES} bytes.`);
    }
    const key = request.headers['idempotency-key'] && commandIdOf(request);
    await using file = await spool(body, MAX_FILE_BYTES);
    const id = key
      ? derivedId(key, caller.account, 'import')
      : derivedId(caller.account, 'import', file.sha256);
    const records = request.mediaType === 'text/csv' ? csvRecords(file.path) : ndjsonRecords(file.path);
    try {
      const { position } = await this.receiver.receive(caller, id, records);
      if (position !== undefined) reply.header('consistency-token', consistencyToken(position));
      return { id };
    } catch (error) {
      if (error instanceof MalformedFile) throw new HttpProblem(400, error.code, error.message);
      throw error;
    }
  }

  @Get(':id')
  @Shows('ImportView', {
    summary: 'How far an import is, and every row that was not taken.',
    parameters: ERRORS,
  })
  get(@Http() http: Exchange, @Param('id') importId: string) {
    const { pageToken } = parameters(http, ERRORS);
    return this.reads.answer(http, new GetImport(http.caller, importId, pageToken));
  }
}
