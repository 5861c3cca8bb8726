// A report shows the results of its queries, always as escaped text.
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccessIntervalView, AuditEntry } from '#application';
import { newSignerKey, parseSignerKey, signCheckpoint } from '#evidence';
import { type Html, html } from './html.ts';
import { installationReport } from './installation.ts';
import { REPORT_HEADERS, type ReportContext, reportOf } from './page.ts';
import { shareReport } from './share.ts';

const HOSTILE = `</td><script>alert('1')</script>&amp;"<img src=x onerror=alert(1)>`;
const SHOWN =
  '&lt;/td&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;&quot;&lt;img src=x onerror=alert(1)&gt;';
const at = '2026-03-01T09:00:00.123Z';
const a = { id: 'a', name: HOSTILE, kind: 'service' } as const;
const b = { id: 'b', name: HOSTILE, kind: 'service' } as const;
const by = { account: a, user: HOSTILE, role: 'manager', service: HOSTILE, at, command: 'c' } as const;

const interval: AccessIntervalView = {
  installation: { id: HOSTILE, token: HOSTILE, reference: HOSTILE, serialNumber: HOSTILE, brand: HOSTILE },
  account: b,
  type: 'on-loan',
  since: at,
  until: at,
  began: 'given',
  ended: { kind: 'revoked', account: a, reason: HOSTILE, decidedBy: by },
  path: [{ grantId: 'g', shareId: HOSTILE, giver: a, receiver: b, type: 'on-loan', at, authorisedBy: by }],
  authorisedBy: by,
  knownAsOf: at,
};

function entry(type: AuditEntry['type'], data: AuditEntry['data']): AuditEntry {
  const { account, user, role, service } = by;
  return {
    ...{ id: HOSTILE, subject: { kind: 'share', id: 's' }, revision: 0, time: at, type, data },
    ...{ actor: { account, user, role, service }, sentence: HOSTILE },
    ...{ command: 'c', cause: 'c', correlation: 'c' },
  };
}

async function* pagesOf<Item>(...pages: readonly (readonly Item[])[]) {
  yield* pages;
}

async function textOf(
  parts: AsyncIterable<Html>,
  checkpoint?: string,
  reader: ReportContext['reader'] = 'auditor',
): Promise<string> {
  let text = '';
  for await (const part of reportOf('A report', parts, { reader, now: at, checkpoint })) text += part;
  return text;
}

const state = {
  ...{ requester: 'a', provider: 'b' },
  ...{ name: HOSTILE, explanation: HOSTILE, status: 'processed', level: 'installation', requestedAt: at },
  ...{ terms: { accessType: 'on-loan', approvedAt: at }, counts: { total: 3, placed: 1 } },
};
const shareParts = () =>
  shareReport({
    id: HOSTILE,
    state,
    accounts: new Map([['a', a]]),
    pages: pagesOf(
      [
        entry('SharePackageBatchCollected', {
          items: [
            { installationId: 'i1', reference: HOSTILE },
            { installationId: 'i2' },
            { installationId: 'i3' },
          ],
        }),
      ],
      [
        entry('ShareItemsPlaced', { installations: ['i1', 'i2'], placedAt: '2026-03-02T09:00:00.000Z' }),
        entry('ShareItemsDeclined', { installations: ['i3'] }),
        entry('ShareItemsWithdrawn', {
          installations: ['i1'],
          withdrawnAt: '2026-03-03T09:00:00.000Z',
          cause: { kind: 'revoked', account: 'a', reason: HOSTILE },
        }),
      ],
    ),
  });

describe.each([
  ['a share', shareParts],
  ['an installation', () => installationReport(pagesOf([interval, interval], [interval]))],
])('a report on %s', (_, parts) => {
  it('shows every text as text', async () => {
    const text = await textOf(parts());
    expect(text).toContain(SHOWN);
    expect(text).not.toContain(HOSTILE);
    expect(text).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
  });

  it('has no more than its own style, which its policy allows, and nothing else', async () => {
    const text = await textOf(parts());
    const [style = ''] = [...text.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, content]) => content);
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = REPORT_HEADERS['content-security-policy'];
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(text).not.toMatch(/ style=| src=x>| href=/);
  });

  it('is related to the sealed log, and ends by saying so', async () => {
    const root = Buffer.alloc(32, 7);
    const key = parseSignerKey(newSignerKey('tessera.example'));
    const text = await textOf(parts(), signCheckpoint({ origin: 'tessera.example', size: 42, root }, [key]));
    expect(text).toContain('up to 42 events');
    expect(text).toContain(root.toString('base64'));
    expect(text).toMatch(/End of the report\.<\/p>\n<\/div>\n<\/body>\n<\/html>\n$/);
    expect(await textOf(parts())).toContain('Nothing of the log was sealed yet.');
  });
});

it('a report on a share says of each installation from when to when it was given, and how that ended', async () => {
  const text = await textOf(shareParts());
  const rows = text.slice(text.indexOf('Access by installation')).split('<tr>').slice(2);
  const cells = rows.map((row) =>
    row
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  expect(cells[0]).toBe(`${SHOWN} i1 2026-03-02 09:00:00.000 2026-03-03 09:00:00.000 revoked (${SHOWN})`);
  expect(cells[1]).toBe('i2 2026-03-02 09:00:00.000 now');
  expect(cells[2]).toMatch(/^i3 never Declined/);
});

it('a report on a share names its parties and its reader, by their ids where the directory has none', async () => {
  const text = await textOf(shareParts(), undefined, { id: 'a', name: 'Cool Foods' });
  expect(text).toContain('for Cool Foods (account a), as far as it may know');
  expect(text).toContain(`<th scope="row">Requester</th><td>${SHOWN}<br><code>a</code></td>`);
  expect(text).toContain('<th scope="row">Provider</th><td>b<br><code>b</code></td>');
});

it('a template escapes everything but markup', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const { text } = html`<p title="${one}">${[other, html`<b>${one}</b>`]}</p>`;
      expect(text).toMatch(/^<p title="[^"<>']*">[^"<>']*<b>[^"<>']*<\/b><\/p>$/);
    }),
  );
});
