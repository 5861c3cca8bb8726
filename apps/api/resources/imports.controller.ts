import { Readable } from 'node:stream';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { derivedId, GetFailedRows, GetImport, ListImports, newId } from '#application';
import { CATALOGUE_VIEWS } from '#processes';
import { readTraceparent } from '#tracing';
import { ForRoles } from '../auth/caller.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { Files } from '../http/files.ts';
import { flag, listRequest, oneOf, opaqueToken, parameters } from '../http/list-request.ts';
import { HttpProblem } from '../http/problem.ts';
import { Reads } from '../http/reads.ts';
import { commandIdOf, outcomeHeaders } from '../http/writes.ts';
import { failedRowsCsv } from '../imports/failed-rows.ts';
import { type ImportPreview, ImportPreviews } from '../imports/preview.ts';
import { CatalogueReceiver } from '../imports/receiver.ts';
import { MalformedFile, openCsv, openNdjson } from '../imports/records.ts';
import { spool } from '../imports/spool.ts';
import type { ImportStarted } from '../openapi/answers.ts';
import { GivesFile, Lists, Shows, TakesFile } from '../openapi/describe.ts';

const ERRORS = { pageToken: opaqueToken };
const IMPORT = { existing: oneOf('keep', 'update'), dryRun: flag };
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Imports of catalogue files. */
@Controller('v1/catalogue/imports')
export class ImportsController {
  constructor(
    private readonly receiver: CatalogueReceiver,
    private readonly previews: ImportPreviews,
    private readonly reads: Reads,
    private readonly files: Files,
  ) {}

  /** Answers once every row of the file is durable; its import goes on in the background. */
  @Post()
  @ForRoles('manager', 'administrator')
  @TakesFile(IMPORT)
  async receive(@Http() http: Exchange): Promise<ImportStarted | ImportPreview> {
    const { request, reply, caller } = http;
    const { existing = 'keep', dryRun = false } = parameters(http, IMPORT);
    const { body } = request;
    if (!(body instanceof Readable)) {
      throw new HttpProblem(415, 'unsupported-media-type', 'Send text/csv or application/x-ndjson.');
    }
    if (Number(request.headers['content-length']) > MAX_FILE_BYTES) {
      throw new HttpProblem(413, 'too-large', `A file may have at most ${MAX_FILE_BYTES} bytes.`);
    }
    const key = request.headers['idempotency-key'] && commandIdOf(request);
    await using spooled = await spool(body, MAX_FILE_BYTES);
    try {
      const file = await (request.mediaType === 'text/csv' ? openCsv : openNdjson)(spooled.path);
      if (dryRun) {
        reply.status(200);
        return await this.reads.of(http, CATALOGUE_VIEWS, () =>
          this.previews.preview(caller.account, file, existing),
        );
      }
      const importId = key ? derivedId(key, caller.account, 'import') : newId();
      const { sha256 } = spooled;
      const traceparent = readTraceparent(request.headers.traceparent);
      const received = { importId, file, sha256, existing, traceparent };
      reply.headers(outcomeHeaders(await this.receiver.receive(caller, received)));
      return { id: importId };
    } catch (error) {
      if (error instanceof MalformedFile) throw new HttpProblem(400, error.code, error.message);
      throw error;
    }
  }

  @Get()
  @Lists('ListedImport', { summary: 'The imports of the account, the newest first.' })
  list(@Http() http: Exchange) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListImports(http.caller, page));
  }

  @Get(':id')
  @Shows('ImportView', {
    summary: 'The progress of an import, and every rejected row.',
    parameters: ERRORS,
  })
  get(@Http() http: Exchange, @Param('id') importId: string) {
    const { pageToken } = parameters(http, ERRORS);
    return this.reads.answer(http, new GetImport(http.caller, importId, pageToken));
  }

  @Get(':id/errors')
  @GivesFile({
    summary: 'The rejected rows, each with the reason, to be corrected and sent again.',
    types: ['text/csv'],
  })
  async failedRows(@Http() http: Exchange, @Param('id') importId: string) {
    parameters(http, {});
    const failed = await this.reads.answer(http, new GetFailedRows(http.caller, importId));
    return this.files.send(http, failedRowsCsv(failed), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="failed-rows-${importId}.csv"`,
    });
  }
}
