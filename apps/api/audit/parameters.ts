// Query parameters of the audit: subject and time.
import type { AccessSubject, AuditedKind, HistoryTime, Period } from '#application';
import { anyId, anyText, given, invalidQuery, moment, oneOf, type Parsed } from '../http/list-request.ts';
import type { HttpProblem } from '../http/problem.ts';

export const HISTORY = { asOf: moment, from: moment, to: moment };
export const ACCESS = {
  installation: anyText,
  account: anyText,
  at: moment,
  from: moment,
  to: moment,
  direction: oneOf('forward', 'backward'),
};
const SUBJECTS = { share: anyId, connection: anyId, installation: anyId, account: anyId };
export const EXPORT = { ...SUBJECTS, format: oneOf('ndjson', 'csv'), from: moment, to: moment };

type AccessFilter = Omit<Parsed<typeof ACCESS>, 'direction'>;

/** @throws HttpProblem 400 neither is given */
export function accessSubject({ installation, account }: AccessFilter): AccessSubject {
  if (installation !== undefined) return { installation, account };
  if (account !== undefined) return { account };
  const detail = 'An installation, an account, or both are required.';
  throw invalidQuery([{ pointer: '/installation', code: 'required', detail }]);
}

/** @throws HttpProblem 400 a moment and a period, or a period that ends before it begins */
export function periodOf({ at, from, to }: AccessFilter): Period {
  const isPeriod = from !== undefined || to !== undefined;
  if (at !== undefined && isPeriod) throw wrong('at', 'goes with neither from nor to.');
  if (from !== undefined && to !== undefined && to <= from) throw wrong('to', 'must be after from.');
  return at === undefined ? { from, to } : { at };
}

/**
 * The one thing that is named.
 * @throws HttpProblem 400 there are several
 */
export function exportedSubject(
  named: Parsed<typeof SUBJECTS>,
): { readonly kind: AuditedKind; readonly id: string } | undefined {
  const [subject, ...others] = (Object.keys(SUBJECTS) as AuditedKind[]).flatMap((kind) => {
    const id = named[kind];
    return id === undefined ? [] : [{ kind, id }];
  });
  if (others.length === 0) return subject;
  throw invalidQuery(
    others.map(({ kind }) => {
      const detail = 'One export is of one thing; ask for each by itself.';
      return { pointer: `/${kind}`, code: 'another-subject', detail };
    }),
  );
}

/**
 * Up to one moment, or from one to another.
 * @throws HttpProblem 400 it is neither
 */
export function historyTime({ asOf, from, to }: Parsed<typeof HISTORY>): HistoryTime {
  if (from === undefined && to === undefined) return { asOf };
  if (asOf !== undefined) throw wrong('asOf', 'goes with neither from nor to.');
  const begin = given('from', from);
  if (to !== undefined && to <= begin) throw wrong('to', 'must be after from.');
  return { from: begin, to };
}

function wrong(name: string, why: string): HttpProblem {
  return invalidQuery([{ pointer: `/${name}`, code: 'invalid-parameter', detail: `${name} ${why}` }]);
}
