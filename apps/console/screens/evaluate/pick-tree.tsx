import { Trans, useLingui } from '@lingui/react/macro';
import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type UseInfiniteQueryResult, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { customers, installations, locations } from '../../api/queries.ts';
import { MoreButton } from '../../parts/more-button.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import type { Level } from '../../parts/words.ts';
import { type Candidate, everyId, ofCustomer, ofInstallation, ofLocation } from './candidates.ts';
import classes from './evaluate.module.css';
import { PickSkeletons } from './pick-list.tsx';
import { PickRow, usePick } from './pick-row.tsx';
import type { Selection } from './selection.ts';

interface PickTreeProps {
  readonly label: string;
  readonly level: Exclude<Level, 'customer'>;
  readonly selection: Selection;
}

/** The catalogue as it is built, to pick from; a branch is looked up when it is opened. */
export function PickTree({ label, level, selection }: PickTreeProps) {
  const query = useInfiniteQuery(customers({}));
  return (
    <div role="group" aria-label={label}>
      <Entries
        query={query}
        entryOf={(customer) => (
          <Branch
            key={customer.id}
            candidate={ofCustomer(customer)}
            every={() => everyId(level, { customerId: customer.id })}
            onEvery={selection.add}
          >
            {() => <LocationsOf customerId={customer.id} level={level} selection={selection} />}
          </Branch>
        )}
      />
    </div>
  );
}

interface LocationsProps extends Omit<PickTreeProps, 'label'> {
  readonly customerId: string;
}

function LocationsOf({ customerId, level, selection }: LocationsProps) {
  const pick = usePick(level, selection);
  return (
    <Entries
      query={useInfiniteQuery(locations({ customerId }))}
      entryOf={(location) => {
        const candidate = ofLocation(location);
        const { id } = location;
        if (level === 'location') {
          return <Leaf key={id} candidate={candidate} isPicked={selection.ids.has(id)} onPick={pick} />;
        }
        return (
          <Branch
            key={id}
            candidate={candidate}
            every={() => everyId(level, { locationId: id })}
            onEvery={selection.add}
          >
            {() => <InstallationsAt locationId={id} selection={selection} />}
          </Branch>
        );
      }}
    />
  );
}

interface InstallationsProps {
  readonly locationId: string;
  readonly selection: Selection;
}

function InstallationsAt({ locationId, selection }: InstallationsProps) {
  const pick = usePick('installation', selection);
  return (
    <Entries
      query={useInfiniteQuery(installations({ locationId, archived: false }))}
      entryOf={(one) => (
        <Leaf
          key={one.id}
          candidate={ofInstallation(one)}
          isPicked={selection.ids.has(one.id)}
          onPick={pick}
        />
      )}
    />
  );
}

interface Paged<Item> {
  readonly pages: readonly { readonly items: readonly Item[] }[];
}

interface EntriesProps<Item> {
  readonly query: UseInfiniteQueryResult<Paged<Item>>;
  readonly entryOf: (item: Item) => ReactNode;
}

/** What is directly below something, page by page. */
function Entries<Item>({ query, entryOf }: EntriesProps<Item>) {
  const { data, error, refetch } = query;
  if (data === undefined) {
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <PickSkeletons />;
  }
  const items = data.pages.flatMap((page) => page.items);
  return (
    <>
      {items.length === 0 && (
        <p className={classes.hint}>
          <Trans>There is nothing of yours here.</Trans>
        </p>
      )}
      <ul className={classes.branches}>{items.map(entryOf)}</ul>
      <MoreButton query={query} />
    </>
  );
}

interface LeafProps {
  readonly candidate: Candidate;
  readonly isPicked: boolean;
  readonly onPick: (candidate: Candidate, isPicked: boolean) => void;
}

function Leaf(props: LeafProps) {
  return (
    <li className={classes.leaf}>
      <PickRow {...props} />
    </li>
  );
}

interface BranchProps {
  readonly candidate: Candidate;
  /** The ids of all that can be picked below it. */
  readonly every: () => Promise<readonly string[]>;
  readonly onEvery: (ids: readonly string[]) => void;
  readonly children: () => ReactNode;
}

/** Something that others are below. */
function Branch({ candidate: { name, about }, every, onEvery, children }: BranchProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const all = useMutation({ mutationFn: every, onSuccess: onEvery });
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className={classes.branch}>
        <UnstyledButton className={classes.open} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Chevron size={16} aria-hidden />
          <span>
            <span className={classes.name}>{name}</span>
            <span className={classes.about}>{about}</span>
          </span>
        </UnstyledButton>
        <Button
          variant="subtle"
          size="compact-sm"
          loading={all.isPending}
          aria-label={t`Select all of ${name}`}
          onClick={() => all.mutate()}
        >
          <Trans>Select all</Trans>
        </Button>
      </div>
      {all.error && <ProblemNotice error={all.error} />}
      {isOpen && children()}
    </li>
  );
}
