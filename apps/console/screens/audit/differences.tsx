import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type AuditedKind, type Differences, differencesSince } from '../../api/queries.ts';
import { exactly } from '../../parts/time.tsx';
import classes from './audit.module.css';
import { useFieldName, useFieldValue } from './fields.ts';
import { isId, Named } from './state.tsx';

interface SinceProps {
  readonly kind: AuditedKind;
  readonly id: string;
  readonly asOf: string;
  /** Of companies, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** What has become different since. */
export function DifferencesSince({ kind, id, asOf, names }: SinceProps) {
  const { data } = useQuery(differencesSince(kind, id, asOf));
  if (!data || data.fields.length + data.lists.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>What is different now</Trans>
      </h2>
      <dl className={classes.state}>
        {data.fields.map((field) => (
          <FieldDifference key={field.pointer} kind={kind} names={names} {...field} />
        ))}
        {data.lists.map((list) => (
          <ListDifference key={list.pointer} {...list} />
        ))}
      </dl>
    </>
  );
}

type FieldDifferenceProps = Differences['fields'][number] & Pick<SinceProps, 'kind' | 'names'>;

function FieldDifference({ kind, names, pointer, before, after }: FieldDifferenceProps) {
  const fieldName = useFieldName();
  const name = nameIn(pointer);
  return (
    <div>
      <dt>{fieldName(name)}</dt>
      <dd>
        {before !== undefined && (
          <>
            <del>
              <Value kind={kind} names={names} name={name} value={before} />
            </del>{' '}
          </>
        )}
        {after !== undefined && <Value kind={kind} names={names} name={name} value={after} />}
      </dd>
    </div>
  );
}

interface ValueProps extends Pick<SinceProps, 'kind' | 'names'> {
  readonly name: string;
  readonly value: unknown;
}

function Value({ kind, names, name, value }: ValueProps) {
  const { i18n } = useLingui();
  const fieldValue = useFieldValue(kind);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return exactly(value, i18n.locale);
  if (typeof value === 'string' && isId(value)) return <Named name={name} id={value} names={names} />;
  if (typeof value === 'object') return <code>{JSON.stringify(value)}</code>;
  return fieldValue(name, value);
}

function ListDifference({ pointer, added, changed, removed }: Differences['lists'][number]) {
  const fieldName = useFieldName();
  return (
    <div>
      <dt>{fieldName(nameIn(pointer))}</dt>
      <dd>
        <Trans>
          {added.total} added, {changed.total} changed, {removed.total} removed
        </Trans>
      </dd>
    </div>
  );
}

/** The last part of a JSON Pointer. */
function nameIn(pointer: string): string {
  return (pointer.split('/').at(-1) ?? pointer).replaceAll('~1', '/').replaceAll('~0', '~');
}
