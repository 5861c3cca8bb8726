import { Trans, useLingui } from '@lingui/react/macro';
import { Radio } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customers, locations } from '../../api/queries.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import type { PlannedCustomer, PlannedLocation } from './plan.ts';
import classes from './process.module.css';
import { Reason } from './reason.tsx';

const SHOWN = 5;

interface OwnEntriesProps {
  readonly kind: 'customer' | 'location';
  /** Only locations of that customer. */
  readonly under?: string;
  /** What the plan found that it may be. */
  readonly suggested?: PlannedCustomer | PlannedLocation;
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

/** Finds one of the account's own customers or locations as its name is typed. */
export function OwnEntries({ kind, under, suggested, value, onChange }: OwnEntriesProps) {
  const { t } = useLingui();
  const [q, setQ] = useState<string>();
  const ofCustomers = useInfiniteQuery({ ...customers({ q }), enabled: kind === 'customer' });
  const ofLocations = useInfiniteQuery({
    ...locations({ q, customerId: under }),
    enabled: kind === 'location',
  });
  const { data, error, isFetching } = kind === 'customer' ? ofCustomers : ofLocations;
  const match = suggested?.match;
  const found = data?.pages[0]?.items.filter(({ id }) => id !== match?.id) ?? [];
  const label = kind === 'customer' ? t`Search your customers` : t`Search your locations`;
  const isNothing = data !== undefined && !isFetching && found.length === 0 && match === undefined;
  return (
    <div className={classes.entries}>
      <SearchField label={label} value={q} onSearch={setQ} />
      {error && <ProblemNotice error={error} />}
      {isNothing && (
        <p className={classes.about}>
          <Trans>Nothing found</Trans>
        </p>
      )}
      <Radio.Group
        label={kind === 'customer' ? t`Your customers` : t`Your locations`}
        value={value ?? ''}
        onChange={onChange}
      >
        {suggested && match && (
          <Radio
            value={match.id}
            label={match.name}
            description={<Reason reason={suggested.reason} score={suggested.score} />}
            className={classes.entry}
          />
        )}
        {found.slice(0, SHOWN).map(({ id, name, address: { street, city } }) => (
          <Radio
            key={id}
            value={id}
            label={name}
            description={`${street}, ${city}`}
            className={classes.entry}
          />
        ))}
      </Radio.Group>
      {found.length > SHOWN && (
        <p className={classes.about}>
          <Trans>There are more: type a part of its name or address.</Trans>
        </p>
      )}
    </div>
  );
}
