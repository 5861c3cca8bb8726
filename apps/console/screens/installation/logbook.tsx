import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Skeleton } from '@mantine/core';
import {
  type Icon,
  IconFileText,
  IconGauge,
  IconNote,
  IconNotebook,
  IconPaperclip,
  IconPlus,
  IconSettings,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { type Activity, activities, type Installation } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { MoreButton } from '../../parts/more-button.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { dayOf, Time } from '../../parts/time.tsx';
import { useActivityKindName } from '../../parts/words.ts';
import { ActivityForm } from './activity-form.tsx';
import classes from './installation.module.css';

const ICONS: Readonly<Record<Activity['kind'], Icon>> = {
  'work-order': IconFileText,
  measurement: IconGauge,
  operation: IconSettings,
  note: IconNote,
  attachment: IconPaperclip,
};

/** What was done to a machine, by whomever; the latest first. */
export function Logbook({ installation }: { readonly installation: Installation }) {
  const { t } = useLingui();
  const query = useInfiniteQuery(activities(installation.id));
  const [isAdding, setAdding] = useState(false);
  const items = query.data?.pages.flatMap((page) => page.items);
  const add = (
    <ActionButton
      leftSection={<IconPlus size={16} aria-hidden />}
      allowed={installation.allowedActions.includes('add-activity')}
      because={t`Your access has ended: nothing can be added any more.`}
      onClick={() => setAdding(true)}
    >
      <Trans>Add to the logbook</Trans>
    </ActionButton>
  );
  return (
    <section aria-label={t`Logbook`}>
      {items !== undefined && items.length > 0 && <div className={classes.above}>{add}</div>}
      {items === undefined &&
        (query.error ? (
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <LogbookSkeleton />
        ))}
      {items?.length === 0 && (
        <EmptyState icon={IconNotebook} title={<Trans>Nothing in the logbook yet</Trans>} action={add}>
          <Trans>
            Work orders, measurements and notes of everyone who works on this machine appear here, in one
            logbook.
          </Trans>
        </EmptyState>
      )}
      <ol className={classes.logbook}>
        {items?.map((activity) => (
          <Entry key={activity.id} activity={activity} installationId={installation.id} />
        ))}
      </ol>
      <MoreButton query={query} />
      {isAdding && <ActivityForm installationId={installation.id} onClose={() => setAdding(false)} />}
    </section>
  );
}

interface EntryProps {
  readonly activity: Activity;
  readonly installationId: string;
}

function Entry({ activity, installationId }: EntryProps) {
  const { i18n, t } = useLingui();
  const kindName = useActivityKindName();
  const [open, setOpen] = useState<'change' | 'remove'>();
  const { kind, performedOn, summary, performedBy, account, document, measurements, allowedActions } =
    activity;
  const Icon = ICONS[kind];
  const params = { path: { id: installationId, activityId: activity.id } };
  const remove = useWrite(() => tessera.delete('/v1/installations/{id}/activities/{activityId}', { params }));
  const close = () => setOpen(undefined);
  return (
    <li className={classes.entry}>
      <span className={classes.mark} aria-hidden>
        <Icon size={16} stroke={1.75} />
      </span>
      <div className={classes.what}>
        <h3>
          {kindName(kind)}
          <span className={classes.day}>{dayOf(performedOn, i18n.locale)}</span>
        </h3>
        <p className={classes.prose}>{summary}</p>
        <Figures activity={activity} />
        {measurements && measurements.length > 0 && (
          <ul className={classes.figures}>
            {measurements.map(({ name, value, unit }) => (
              <li key={name} className="numbers">
                {name}: {new Intl.NumberFormat(i18n.locale).format(value)} {unit}
              </li>
            ))}
          </ul>
        )}
        {activity.attachment && (
          <p>
            <a href={activity.attachment.url} target="_blank" rel="noreferrer">
              {activity.attachment.name}
            </a>
          </p>
        )}
        <p className={classes.by}>
          {[...new Set([performedBy, account.name])].filter(Boolean).join(', ')}
          {document && (
            <>
              {' · '}
              <Trans>
                Work order {document.number}, issued by {document.issuedBy.name}
              </Trans>
            </>
          )}
          {' · '}
          <Trans>
            added <Time at={activity.addedAt} />
          </Trans>
        </p>
      </div>
      <div className={classes.actions}>
        {allowedActions.includes('change') && (
          <Button variant="subtle" size="compact-sm" onClick={() => setOpen('change')}>
            <Trans>Change</Trans>
          </Button>
        )}
        {allowedActions.includes('remove') && (
          <Button variant="subtle" color="red" size="compact-sm" onClick={() => setOpen('remove')}>
            <Trans>Remove</Trans>
          </Button>
        )}
      </div>
      {open === 'change' && (
        <ActivityForm installationId={installationId} activity={activity} onClose={close} />
      )}
      <Confirm
        opened={open === 'remove'}
        onClose={close}
        title={t`Remove from the logbook`}
        action={<Trans>Remove entry</Trans>}
        severe
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
      >
        <Trans>
          Nobody with access to this machine will see this entry any more. That you removed it stays in the
          history.
        </Trans>
      </Confirm>
    </li>
  );
}

function Figures({ activity }: { readonly activity: Activity }) {
  const { i18n, t } = useLingui();
  const { refrigerantAddedKg: added, refrigerantRecoveredKg: recovered, leakFound } = activity;
  const kilograms = (value: number) =>
    `${new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 3 }).format(value)} kg`;
  const figures = [
    added !== undefined && t`${kilograms(added)} of refrigerant added`,
    recovered !== undefined && t`${kilograms(recovered)} of refrigerant recovered`,
    leakFound === true && t`Leak found`,
    leakFound === false && t`No leak found`,
  ].filter((figure) => figure !== false);
  if (figures.length === 0) return null;
  return (
    <ul className={classes.figures}>
      {figures.map((figure) => (
        <li key={figure}>{figure}</li>
      ))}
    </ul>
  );
}

function LogbookSkeleton() {
  return (
    <div aria-busy>
      {[60, 45, 70].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} mb={24} />
      ))}
    </div>
  );
}
