import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { audited, nameIn } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { TabLink, Tabs } from '../../parts/tabs.tsx';
import { AsOf } from './as-of.tsx';
import { Files } from './files.tsx';
import { HistoryAndState } from './history-and-state.tsx';
import { PastAccess } from './past-access.tsx';
import { Record } from './record.tsx';
import { AUDIT_TABS, AUDITED_NAMES, type Audited, type AuditTab, hasAccess } from './subject.ts';

const route = getRouteApi('/shell/audit/$kind/$id');

/** The history of something, its state at any moment, and the proof. */
export function Audit() {
  const { i18n, t } = useLingui();
  const { kind, id } = route.useParams();
  const { tab = 'history', asOf } = route.useSearch();
  const navigate = route.useNavigate();
  const history = useInfiniteQuery(audited(kind, id));
  const choose = useCallback(
    (moment: string | undefined) =>
      void navigate({ search: (current) => ({ ...current, asOf: moment }), replace: true }),
    [navigate],
  );
  if (history.data === undefined) {
    return history.error ? (
      <ProblemNotice error={history.error} onRetry={() => void history.refetch()} />
    ) : (
      <PageSkeleton />
    );
  }
  const entries = history.data.pages.flatMap(({ items }) => items);
  return (
    <Page
      title={t`Audit: ${nameIn(kind, entries) ?? i18n._(AUDITED_NAMES[kind])}`}
      above={<Link to="/audit">{t`Audit`}</Link>}
      lead={i18n._(AUDITED_NAMES[kind])}
      wide
    >
      <AuditTabs kind={kind} id={id} tab={tab} asOf={asOf} />
      {tab !== 'record' && <AsOf entries={entries} asOf={asOf} onChoose={choose} />}
      {tab === 'history' && (
        <HistoryAndState kind={kind} id={id} entries={entries} history={history} asOf={asOf} />
      )}
      {tab === 'access' && hasAccess(kind) && <PastAccess kind={kind} id={id} at={asOf} />}
      {tab === 'record' && (
        <>
          <Record entries={entries} />
          <Files kind={kind} id={id} />
        </>
      )}
    </Page>
  );
}

interface AuditTabsProps {
  readonly kind: Audited;
  readonly id: string;
  readonly tab: AuditTab;
  readonly asOf: string | undefined;
}

function AuditTabs({ kind, id, tab, asOf }: AuditTabsProps) {
  const { t } = useLingui();
  const names: Readonly<Record<AuditTab, string>> = {
    history: t`History`,
    access: kind === 'accounts' ? t`What it could see` : t`Who had access`,
    record: t`The record`,
  };
  return (
    <Tabs label={t`What is audited`}>
      {AUDIT_TABS.filter((each) => each !== 'access' || hasAccess(kind)).map((each) => (
        <TabLink
          key={each}
          to="/audit/$kind/$id"
          params={{ kind, id }}
          search={{ asOf, tab: each === 'history' ? undefined : each }}
          shown={each === tab}
        >
          {names[each]}
        </TabLink>
      ))}
    </Tabs>
  );
}
