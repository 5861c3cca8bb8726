import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, SegmentedControl } from '@mantine/core';
import { IconClipboardList, IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { customers, installations, locations, type Share } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import layout from '../../parts/aside.module.css';
import { LinkButton } from '../../parts/link-button.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Toolbar } from '../../parts/toolbar.tsx';
import type { Level } from '../../parts/words.ts';
import { Basket } from './basket.tsx';
import { type Candidate, everyId, ofCustomer, ofInstallation, ofLocation } from './candidates.ts';
import classes from './evaluate.module.css';
import { PasteReferences } from './paste-references.tsx';
import { type PagedCandidates, PickList } from './pick-list.tsx';
import { PickTree } from './pick-tree.tsx';
import { MOST_SELECTED, type Selection } from './selection.ts';

const route = getRouteApi('/shell/shares/$shareId/evaluate');

interface SelectStepProps {
  readonly share: Share;
  readonly level: Level;
  readonly selection: Selection;
}

/** Picks what is given, of the account's own catalogue. */
export function SelectStep({ share: { id }, level, selection }: SelectStepProps) {
  const { t, i18n } = useLingui();
  const searchLabel = useSearchLabel(level);
  const { q, by } = route.useSearch();
  const isTree = by === 'customer' && level !== 'customer' && q === undefined;
  const navigate = route.useNavigate();
  const [pastes, setPastes] = useState(false);
  const search = useCallback(
    (q: string | undefined) => void navigate({ search: (before) => ({ ...before, q }), replace: true }),
    [navigate],
  );
  const list = useCandidates(level, q);
  const all = useMutation({
    mutationFn: () => everyId(level, { q }),
    onSuccess: (ids) => selection.add(ids),
  });
  const total = list.total ?? 0;
  const most = i18n.number(MOST_SELECTED);
  const tooMany = selection.ids.size > MOST_SELECTED;
  return (
    <div className={layout.columns}>
      <div className={classes.list}>
        <Toolbar>
          <SearchField label={searchLabel} value={q} onSearch={search} />
          <ActionButton
            variant="default"
            leftSection={<IconListCheck size={16} aria-hidden />}
            loading={all.isPending}
            allowed={total > 0 && total <= MOST_SELECTED}
            because={t`One approval takes at most ${most}: search for less, or choose a higher level.`}
            onClick={() => all.mutate()}
          >
            {q === undefined ? (
              <Trans>Select all {i18n.number(total)}</Trans>
            ) : (
              <Trans>Select all {i18n.number(total)} that match</Trans>
            )}
          </ActionButton>
          {level !== 'customer' && (
            <SegmentedControl
              aria-label={t`How they are listed`}
              value={isTree ? 'customer' : 'name'}
              onChange={(value) => {
                const search = { by: value === 'customer' ? 'customer' : undefined, q: undefined } as const;
                void navigate({ search: (before) => ({ ...before, ...search }), replace: true });
              }}
              data={[
                { value: 'name', label: t`One list` },
                { value: 'customer', label: t`By customer` },
              ]}
            />
          )}
          {level === 'installation' && (
            <Button
              variant="default"
              leftSection={<IconClipboardList size={16} aria-hidden />}
              onClick={() => setPastes(true)}
            >
              <Trans>Paste references</Trans>
            </Button>
          )}
        </Toolbar>
        {all.error && <ProblemNotice error={all.error} />}
        {isTree ? (
          <PickTree label={searchLabel} level={level} selection={selection} />
        ) : (
          <PickList label={searchLabel} list={list} level={level} selection={selection} />
        )}
      </div>
      <aside className={`${layout.aside} ${classes.side}`} data-sticks aria-label={t`What you picked`}>
        <Basket level={level} selection={selection} />
        {tooMany && (
          <p role="alert" className={classes.warning}>
            <Trans>
              One approval takes at most {most}. Choose a higher level, or give the rest by another share.
            </Trans>
          </p>
        )}
        <LinkButton
          to="/shares/$shareId/evaluate"
          params={{ shareId: id }}
          search={{ step: 'confirm', level }}
          disabled={selection.ids.size === 0 || tooMany}
          fullWidth
        >
          <Plural
            value={selection.ids.size}
            _0="Nothing picked yet"
            one="Go on with # picked"
            other="Go on with # picked"
          />
        </LinkButton>
      </aside>
      {level === 'installation' && (
        <PasteReferences opened={pastes} onClose={() => setPastes(false)} onFound={selection.add} />
      )}
    </div>
  );
}

/** What there is to pick at a level, page by page, as lines of a list. */
function useCandidates(level: Level, q: string | undefined): PagedCandidates {
  const ofCustomers = useInfiniteQuery({ ...customers({ q }), enabled: level === 'customer' });
  const ofLocations = useInfiniteQuery({ ...locations({ q }), enabled: level === 'location' });
  const ofInstallations = useInfiniteQuery({
    ...installations({ q, archived: false }),
    enabled: level === 'installation',
  });
  const query = { customer: ofCustomers, location: ofLocations, installation: ofInstallations }[level];
  const [first] = query.data?.pages ?? [];
  const items = useMemo<readonly Candidate[] | undefined>(() => {
    switch (level) {
      case 'customer':
        return ofCustomers.data?.pages.flatMap((page) => page.items.map(ofCustomer));
      case 'location':
        return ofLocations.data?.pages.flatMap((page) => page.items.map(ofLocation));
      case 'installation':
        return ofInstallations.data?.pages.flatMap((page) => page.items.map(ofInstallation));
    }
  }, [level, ofCustomers.data, ofLocations.data, ofInstallations.data]);
  return {
    items,
    total: first?.total,
    error: query.error,
    hasNextPage: query.hasNextPage && !query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

function useSearchLabel(level: Level): string {
  const { t } = useLingui();
  switch (level) {
    case 'customer':
      return t`Search customers`;
    case 'location':
      return t`Search locations`;
    case 'installation':
      return t`Search by reference, serial number, token, brand or model`;
  }
}
