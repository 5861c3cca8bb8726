// The parts that every report has: style, head, and its relation to the sealed log.
import { createHash } from 'node:crypto';
import type { Instant } from '#domain/kernel';
import { readCheckpoint } from '#evidence';
import type { Counterparty } from '#projections/accounts';
import { type Content, Html, html } from './html.ts';

const STYLE = `
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
body { font: 9pt/1.4 system-ui, sans-serif; color: #111; max-width: 182mm; margin: 8mm auto; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 1mm; }
h2 { font-size: 11pt; margin: 7mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2mm; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 2mm 1.2mm 0; border-bottom: 0.2mm solid #bbb; overflow-wrap: break-word; }
th { font-weight: 600; border-bottom-color: #111; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.facts th { width: 38mm; border-bottom-color: #bbb; }
.time { width: 31mm; }
.minor, .seal { color: #444; font-size: 8pt; }
code { font: 7.5pt ui-monospace, monospace; overflow-wrap: anywhere; }
.seal { margin-top: 7mm; padding-top: 2mm; border-top: 0.2mm solid #111; break-inside: avoid; }
@media print { body { margin: 0; max-width: none; } }
`;

/** Nothing is loaded, run or sent; and nobody frames it. */
export const REPORT_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'sandbox',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** When a report was made, for whom, and what was sealed then. */
export interface ReportContext {
  /** An auditor reads everything, an account what it may know. */
  readonly reader: 'auditor' | Counterparty;
  readonly now: Instant;
  /** The last checkpoint, as a signed note; absent where nothing is sealed yet. */
  readonly checkpoint: string | undefined;
}

/** The report as a stream of text; it is complete only with its last line. */
export async function* reportOf(
  title: string,
  parts: AsyncIterable<Html>,
  context: ReportContext,
): AsyncGenerator<string> {
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<h1>${title}</h1>
<p class="minor">Made at ${time(context.now)}, ${readerOf(context.reader)}. All times are UTC.</p>
`.text;
  for await (const { text } of parts) yield text;
  yield html`<div class="seal">
${sealed(context.checkpoint)}
<p>End of the report.</p>
</div>
</body>
</html>
`.text;
}

function readerOf(reader: ReportContext['reader']): string {
  return reader === 'auditor'
    ? 'for an auditor, who may read everything'
    : `for ${reader.name} (account ${reader.id}), as far as it may know`;
}

function sealed(checkpoint: string | undefined): Html {
  if (checkpoint === undefined) return html`<p>Nothing of the log was sealed yet.</p>`;
  const { origin, size, root } = readCheckpoint(checkpoint);
  return html`<p>The log <code>${origin}</code> was sealed up to ${size} events, with the root
<code>${root.toString('base64')}</code> (RFC 9162, SHA-256). This report can be compared with the log
by the ids of its events and proofs that lead to this checkpoint, or a later one.</p>`;
}

/** A moment, to the millisecond, as it is recorded. */
export function time(moment: Instant | undefined): Content {
  if (moment === undefined) return undefined;
  return html`<time datetime="${moment}">${moment.replace('T', ' ').replace('Z', '')}</time>`;
}

/** Names and values, of which those without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Content])[]): Html {
  const given = rows.filter(([, value]) => value !== undefined);
  return html`<table class="facts"><tbody>
${given.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</tbody></table>
`;
}

/** The head of a table; its rows follow, and then `TABLE_END`. */
export function tableHead(...columns: readonly string[]): Html {
  return html`<table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>
`;
}

export const TABLE_END = html`</tbody></table>
`;
