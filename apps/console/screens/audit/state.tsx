import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import { type AuditedKind, auditedName, connection, share } from '../../api/queries.ts';
import { exactly } from '../../parts/time.tsx';
import classes from './audit.module.css';
import { useFieldName, useFieldValue } from './fields.ts';

interface StateProps {
  /** What it is the state of. */
  readonly kind: AuditedKind;
  readonly state: Readonly<Record<string, unknown>>;
  /** Of companies, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** The fields of something as it was; what has fields of its own is indented. */
export function State({ kind, state, names }: StateProps) {
  const shown = Object.entries(state).filter(([, value]) => value !== undefined && value !== null);
  if (shown.length === 0) {
    return (
      <p>
        <Trans>It did not exist yet.</Trans>
      </p>
    );
  }
  return (
    <dl className={classes.state}>
      {shown.map(([name, value]) => (
        <Field key={name} kind={kind} name={name} value={value} names={names} />
      ))}
    </dl>
  );
}

interface FieldProps {
  readonly kind: AuditedKind;
  readonly name: string;
  readonly value: unknown;
  readonly names: ReadonlyMap<string, string>;
}

function Field({ kind, name, value, names }: FieldProps) {
  const { i18n } = useLingui();
  const fieldName = useFieldName();
  const fieldValue = useFieldValue(kind);
  return (
    <div>
      <dt>{fieldName(name)}</dt>
      <dd>{shown()}</dd>
    </div>
  );

  function shown() {
    if (Array.isArray(value)) return value.length;
    if (typeof value === 'object' && value !== null) {
      const inner = value as Readonly<Record<string, unknown>>;
      const keys = Object.keys(inner);
      return keys.some(isId) ? keys.length : <State kind={kind} state={inner} names={names} />;
    }
    const text = String(value);
    if (isMoment(text)) return exactly(text, i18n.locale);
    if (isId(text)) return <Named name={name} id={text} names={names} />;
    return fieldValue(name, value);
  }
}

/** What has a history of its own, by the field that has its id. */
const SUBJECTS: Readonly<Record<string, AuditedKind>> = {
  shareId: 'shares',
  connectionId: 'connections',
  installationId: 'installations',
  accountId: 'accounts',
  requester: 'accounts',
  provider: 'accounts',
  root: 'accounts',
};

interface NamedProps {
  readonly name: string;
  readonly id: string;
  readonly names: ReadonlyMap<string, string>;
}

/** Something by its name as far as it is known, leading to its history. */
export function Named({ name, id, names }: NamedProps) {
  const kind = SUBJECTS[name];
  const called = useName(kind, names.has(id) ? undefined : id);
  const known = names.get(id) ?? called ?? <code>{id.slice(-12)}</code>;
  return kind === undefined ? (
    known
  ) : (
    <Link to="/audit/$kind/$id" params={{ kind, id }} title={id}>
      {known}
    </Link>
  );
}

/** How members call a share or a connection of theirs; for an auditor, what anything was called. */
function useName(kind: AuditedKind | undefined, id: string | undefined): string | undefined {
  const { session } = useRouteContext({ from: '/shell' });
  const isAuditor = session.roles.includes('auditor');
  const isOwn = id !== undefined && session.account !== undefined && !isAuditor;
  const some = id ?? '';
  const { data: ofShare } = useQuery({ ...share(some), enabled: isOwn && kind === 'shares' });
  const { data: ofConnection } = useQuery({ ...connection(some), enabled: isOwn && kind === 'connections' });
  const { data: ofAny } = useQuery({
    ...auditedName(kind ?? 'shares', some),
    enabled: isAuditor && id !== undefined && kind !== undefined,
  });
  return ofShare?.name ?? ofConnection?.label ?? ofAny ?? undefined;
}

export const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text);
const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);
