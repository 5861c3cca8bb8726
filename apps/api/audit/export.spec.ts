// Data that means something to a spreadsheet, or to the format itself, is read back as it was written.
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { AuditEntry } from '#application';
import { exportFormats } from './export.ts';

function entry(name: string, data: AuditEntry['data'] = {}): AuditEntry {
  return {
    id: 'event',
    subject: { kind: 'share', id: 's' },
    revision: 3,
    time: '2026-03-01T09:00:00.000Z',
    actor: { account: { id: 'a', name, kind: 'service' }, role: 'manager', user: 'ann' },
    command: 'command',
    cause: 'cause',
    correlation: 'correlation',
    type: 'ShareRejected',
    sentence: `${name} rejected the request.`,
    data,
  };
}

/** At least so much is written of a hundred entries. */
const PAGE_BYTES = 15_000;

async function* pagesOf(...pages: readonly (readonly AuditEntry[])[]) {
  yield* pages;
}

async function textOf(stream: Readable): Promise<string> {
  return (await buffer(stream)).toString('utf8');
}

async function csvOf(...pages: readonly (readonly AuditEntry[])[]): Promise<string> {
  return textOf(exportFormats.csv.written(pagesOf(...pages)));
}

const records = (csv: string): Record<string, string>[] =>
  parse(csv, { bom: true, columns: true, record_delimiter: '\r\n' });

describe('an export as CSV', () => {
  it('has these columns, in this order', async () => {
    expect(await csvOf()).toBe(
      '\uFEFFtime,subject_kind,subject_id,revision,type,sentence,account_id,account_name,role,user,service,command,' +
        'cause,correlation,event_id,data\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'makes the formula %j text',
    async (name) => {
      const [{ account_name: cell = '' } = {}] = records(await csvOf([entry(name)]));
      expect(cell).toBe(`'${name}`);
    },
  );

  it('keeps any text that is no formula, and any data', async () => {
    const names = fc.array(
      fc.string({ unit: 'grapheme' }).map((text) => `N${text}`),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(names, async (some) => {
        const entries = ['a "quoted", one', 'two\r\nlines', ';', ...some].map((name) =>
          entry(name, { name }),
        );
        const read = records(await csvOf(entries.slice(0, 2), entries.slice(2)));
        expect(read.map(({ account_name }) => account_name)).toEqual(entries.map((one) => one.data.name));
        expect(read.map(({ data = '' }) => JSON.parse(data))).toEqual(entries.map(({ data }) => data));
      }),
    );
  });
});

describe('an export as NDJSON', () => {
  it('has a line for each event, in pages or not, whatever is in it', async () => {
    const entries = ['two\r\nlines', '\u2028', '"'].map((name) => entry(name, { name }));
    const text = await textOf(
      exportFormats.ndjson.written(pagesOf(entries.slice(0, 1), [], entries.slice(1))),
    );
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(entries);
  });
});

describe.each(['ndjson', 'csv'] as const)('an export as %s', (format) => {
  function counted(failsAfter = Number.POSITIVE_INFINITY) {
    const progress = { pages: 0, ended: false };
    async function* pages() {
      try {
        for (;;) {
          if (progress.pages === failsAfter) throw new Error('The store does not answer.');
          progress.pages += 1;
          yield Array.from({ length: 100 }, () => entry('Some company'));
        }
      } finally {
        progress.ended = true;
      }
    }
    return { progress, file: exportFormats[format].written(pages()) };
  }

  it('reads no further than its consumer, and ends when the consumer has gone', async () => {
    const { progress, file } = counted();
    let taken = 0;
    for await (const chunk of file) {
      taken += chunk.length;
      // Beyond it there is what the stream buffers, some 64 KiB, and the page that fills it.
      expect(progress.pages * PAGE_BYTES).toBeLessThan(taken + 64 * 1024 + 2 * PAGE_BYTES);
      if (taken > 500_000) break;
    }
    expect(file.destroyed).toBe(true);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(progress.ended).toBe(true);
  });

  it('fails where it cannot be read on, and never ends as if that were all', async () => {
    const { file } = counted(3);
    let ended = false;
    file.once('end', () => {
      ended = true;
    });
    await expect(textOf(file)).rejects.toThrow('The store does not answer.');
    expect(ended).toBe(false);
  });
});
