import { stringify } from 'csv-stringify/browser/esm/sync';
import { tessera } from '../../api/client.ts';
import { endOf, type GivenFilter } from './given.ts';

const PAGE_SIZE = 200;
const COLUMNS = ['installation', 'token', 'company', 'access', 'since', 'until', 'given_by', 'share'];

/** Every access that is asked for, as CSV. What a spreadsheet would take for a formula is made a text. */
export async function givenFile({ on, account, customer }: GivenFilter): Promise<string> {
  const query = { at: endOf(on), account, customer, pageSize: PAGE_SIZE };
  const rows: (string | undefined)[][] = [];
  for await (const interval of tessera.items('/v1/access/given', { params: { query } })) {
    const { installation, account: holder, type, since, until, path } = interval;
    const last = path.at(-1);
    rows.push([
      ...[installation.reference, installation.token, holder.name, type, since, until],
      ...[last?.giver.name, last?.shareId],
    ]);
  }
  return stringify(rows, { header: true, columns: COLUMNS, escape_formulas: true, bom: true });
}
