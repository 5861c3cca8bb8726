import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type Share, share as shareQuery } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { TabCount, TabLink, Tabs } from '../../parts/tabs.tsx';
import { ChooseDestination } from './choose-destination.tsx';
import { ConfirmPlan } from './confirm-plan.tsx';
import { certainOf, decide } from './decided.ts';
import { DeclineRest } from './decline-rest.tsx';
import { type EditedPlan, useEdits } from './edits.ts';
import { type Line, linesOf, undecidedLines } from './lines.ts';
import { type Plan, planOf } from './plan.ts';
import { PlanTree } from './plan-tree.tsx';
import classes from './process.module.css';
import { ReferenceStyle } from './reference-style.tsx';
import { stepOf } from './step.ts';

const route = getRouteApi('/shell/shares/$shareId/process');

/** Beyond so many installations each location is folded at first. */
const UNFOLDED_UP_TO = 40;

/** Takes over what was given: where each of it goes in the account's own catalogue. */
export function Process() {
  const { shareId } = route.useParams();
  const query = useQuery(shareQuery(shareId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(share) => <Processing key={share.id} share={share} />}
    </Loaded>
  );
}

function Processing({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { id, name, counterparty, allowedActions } = share;
  return (
    <Page
      title={t`Process “${name}”`}
      wide
      above={
        <Link to="/shares/$shareId" params={{ shareId: id }}>
          {name}
        </Link>
      }
      lead={<Trans>Given by {counterparty.name}. Nothing is yours until you confirm.</Trans>}
      actions={<DeclineRest share={share} />}
    >
      {allowedActions.includes('process') ? (
        <ProposedPlan share={share} />
      ) : (
        <NothingToProcess share={share} />
      )}
    </Page>
  );
}

function NothingToProcess({ share: { id } }: { readonly share: Share }) {
  return (
    <EmptyState
      icon={IconChecks}
      title={<Trans>There is nothing here for you to process</Trans>}
      action={
        <LinkButton to="/shares/$shareId" params={{ shareId: id }}>
          <Trans>View the status of the share</Trans>
        </LinkButton>
      }
    >
      <Trans>
        Everything of it is decided, it is not on offer any more, or only an administrator of your company may
        do this.
      </Trans>
    </EmptyState>
  );
}

function ProposedPlan({ share }: { readonly share: Share }) {
  const query = useQuery(planOf(share.id));
  const edited = useEdits(share.id);
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(plan) => <PlanEditor share={share} plan={plan} edited={edited} />}
    </Loaded>
  );
}

interface PlanEditorProps {
  readonly share: Share;
  readonly plan: Plan;
  readonly edited: EditedPlan;
}

function PlanEditor({ share, plan, edited }: PlanEditorProps) {
  const { t } = useLingui();
  const { show } = route.useSearch();
  const { edits, setReferenceStyle } = edited;
  const decided = useMemo(() => decide(plan, edits), [plan, edits]);
  const lines = useMemo(() => linesOf(decided), [decided]);
  const undecided = lines.filter(({ attention }) => attention !== undefined);
  const step = useMemo(() => stepOf(decided, edits.referenceStyle), [decided, edits.referenceStyle]);
  const certain = useMemo(
    () => stepOf(certainOf(decided), edits.referenceStyle),
    [decided, edits.referenceStyle],
  );
  const hasDoubtful = certain.installations.length < step.installations.length;
  const { isFolded, fold } = useFolding(plan.installations.length > UNFOLDED_UP_TO);
  const [changing, setChanging] = useState<string>();
  const missing = plan.installations.length - step.installations.length - (step.decline?.length ?? 0);
  const shown = show === 'undecided' ? undecidedLines(lines) : unfolded(lines, isFolded);
  return (
    <div className={classes.plan}>
      <div className={classes.list}>
        <Tabs label={t`Which lines`}>
          <Filter
            share={share}
            name={t`All`}
            count={plan.installations.length}
            show={undefined}
            current={show}
          />
          <Filter
            share={share}
            name={t`Needs a decision`}
            count={undecided.length}
            show="undecided"
            current={show}
          />
        </Tabs>
        {shown.length === 0 ? (
          <EmptyState icon={IconChecks} title={<Trans>Nothing needs a decision</Trans>}>
            <Trans>
              For everything there is a place that fits. Look at all of it, or process it as it is.
            </Trans>
          </EmptyState>
        ) : (
          <PlanTree lines={shown} isFolded={isFolded} onFold={fold} onChange={({ id }) => setChanging(id)} />
        )}
      </div>
      <aside className={classes.side} aria-label={t`What you confirm`}>
        <ReferenceStyle plan={plan} value={edits.referenceStyle} onChange={setReferenceStyle} />
        {missing > 0 && (
          <p className={classes.about}>
            <Plural
              value={missing}
              one="# installation has no place yet; it stays on offer until you choose one."
              other="# installations have no place yet; they stay on offer until you choose one."
            />
          </p>
        )}
        {share.items.offered > plan.installations.length && (
          <p className={classes.about}>
            <Trans>
              These are the first {plan.installations.length} of {share.items.offered}; the others follow once
              these are processed.
            </Trans>
          </p>
        )}
        <ConfirmPlan share={share} step={step} />
        {hasDoubtful && certain.installations.length > 0 && (
          <ConfirmPlan share={share} step={certain} isCertain />
        )}
      </aside>
      <ChooseDestination
        line={lines.find(({ id }) => id === changing)}
        plan={edited}
        onClose={() => setChanging(undefined)}
      />
    </div>
  );
}

interface FilterProps {
  readonly share: Share;
  readonly name: string;
  readonly count: number;
  readonly show: 'undecided' | undefined;
  readonly current: 'undecided' | undefined;
}

function Filter({ share: { id }, name, count, show, current }: FilterProps) {
  return (
    <TabLink
      to="/shares/$shareId/process"
      params={{ shareId: id }}
      search={{ show }}
      shown={show === current}
      of="true"
    >
      {name}
      <TabCount>{count}</TabCount>
    </TabLink>
  );
}

/** Which locations do not show their installations. */
function useFolding(isFoldedAtFirst: boolean) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  return {
    isFolded: ({ kind, id }: Line) => kind === 'location' && turned.has(id) !== isFoldedAtFirst,
    fold: ({ id }: Line) =>
      setTurned((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
  };
}

function unfolded(lines: readonly Line[], isFolded: (line: Line) => boolean): readonly Line[] {
  let below: number | undefined;
  return lines.filter((line) => {
    if (below !== undefined && line.depth > below) return false;
    below = isFolded(line) ? line.depth : undefined;
    return true;
  });
}
