import type { AccessEnd, AccessIntervalView, Authorisation } from '#application';
import { type Content, type Html, html } from './html.ts';
import { facts, TABLE_END, tableHead, time } from './page.ts';

type Pages = AsyncIterable<readonly AccessIntervalView[]>;

/** Who had access to an installation: from when to when, along which path, by whose decision, and how it ended. */
export async function* installationReport(pages: Pages): AsyncGenerator<Html> {
  let isFirst = true;
  for await (const intervals of pages) {
    const [first] = intervals;
    if (isFirst && first) {
      yield head(first);
      yield tableHead('Who', 'From, until', 'Through', 'Authorised by', 'Ended by');
      isFirst = false;
    }
    yield html`${intervals.map(row)}`;
  }
  if (!isFirst) yield TABLE_END;
}

function head({ installation }: AccessIntervalView): Html {
  const { id, token, reference, serialNumber, brand, model } = installation;
  return html`${facts([
    ['Installation', reference],
    ['Brand and model', [brand, model].filter(Boolean).join(' ') || undefined],
    ['Serial number', serialNumber],
    ['Token', token],
    ['Id', html`<code>${id}</code>`],
  ])}<h2>Access</h2>
`;
}

function row(interval: AccessIntervalView): Html {
  const { account, type, since, until, path, authorisedBy, ended, knownAsOf } = interval;
  const steps = path.map(
    ({ giver, receiver, type: given, shareId }) =>
      html`<div>${giver.name} to ${receiver.name}, ${given}<br><code>share ${shareId}</code></div>`,
  );
  const limit = knownAsOf && html`<div class="minor">as known at ${time(knownAsOf)}</div>`;
  return html`<tr><td>${account.name}<br>${type}</td>
<td class="time">${time(since)}<br>${until === undefined ? 'until now' : time(until)}${limit}</td>
<td>${path.length === 0 ? 'registered it' : steps}</td>
<td>${person(authorisedBy)}</td>
<td>${ended && end(ended)}</td></tr>
`;
}

function end({ kind, account, reason, decidedBy }: AccessEnd): Html {
  const how = HOW_ENDED[kind];
  return html`${how}, by ${account.name}${reason && html`: “${reason}”`}${decidedBy && html`<br>${person(decidedBy)}`}`;
}

const HOW_ENDED: Readonly<Record<AccessEnd['kind'], string>> = {
  revoked: 'Revoked by its giver',
  returned: 'Given back by its holder',
  cascade: 'Ended with a grant above it',
  expired: 'Ended as agreed',
};

function person(by: Authorisation | undefined): Content {
  if (by === undefined) return undefined;
  const { account, user, role, service, at } = by;
  const who = user === undefined ? account.name : `${user} of ${account.name}`;
  return html`${who} (${role})${service && html`, by the service ${service}`}<br>${time(at)}`;
}
