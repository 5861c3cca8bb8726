import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Radio, Skeleton, Stack } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Share, share as shareQuery } from '../../api/queries.ts';
import layout from '../../parts/aside.module.css';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { ConfirmRevocation } from './confirm-revocation.tsx';
import { PickItems } from './pick-items.tsx';
import { usePicked } from './picked.ts';
import { type Asked, MOST_NAMED, revocation } from './revocation.ts';
import { RevocationEffect } from './revocation-effect.tsx';
import classes from './revoke.module.css';

const route = getRouteApi('/shell/shares/$shareId/revoke');

/** Takes back what was given: all of a share, or some of its installations. */
export function Revoke() {
  const { shareId } = route.useParams();
  const query = useQuery(shareQuery(shareId));
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(share) => <Revoking key={share.id} share={share} />}
    </Loaded>
  );
}

function Revoking({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { id, name, counterparty, allowedActions } = share;
  return (
    <Page
      title={t`Revoke “${name}”`}
      wide
      above={
        <Link to="/shares/$shareId" params={{ shareId: id }}>
          {name}
        </Link>
      }
      lead={<Trans>Given to {counterparty.name}.</Trans>}
    >
      {allowedActions.includes('revoke') ? <Choosing share={share} /> : <NothingToRevoke share={share} />}
    </Page>
  );
}

function NothingToRevoke({ share: { id } }: { readonly share: Share }) {
  return (
    <EmptyState
      icon={IconChecks}
      title={<Trans>There is nothing here for you to revoke</Trans>}
      action={
        <LinkButton to="/shares/$shareId" params={{ shareId: id }}>
          <Trans>View the status of the share</Trans>
        </LinkButton>
      }
    >
      <Trans>
        It was revoked already, the time for it is over, or only an administrator of the company that gave it
        may do this.
      </Trans>
    </EmptyState>
  );
}

function Choosing({ share }: { readonly share: Share }) {
  const { t } = useLingui();
  const { id, items } = share;
  const picked = usePicked(id);
  const hasItems = items.placed + items.offered > 0;
  const [isEverything, setEverything] = useState(!hasItems);
  const asked: Asked = isEverything ? 'everything' : picked.ids;
  const tooMany = !isEverything && picked.ids.length > MOST_NAMED;
  const isAsked = isEverything || (picked.ids.length > 0 && !tooMany);
  const query = useQuery({ ...revocation(id, asked), enabled: isAsked, placeholderData: keepPreviousData });
  const effect = isAsked && !query.isPlaceholderData ? query.data : undefined;
  // What was read before stays where it cannot be read again: with it, what was entered below it.
  const error = isAsked && effect === undefined ? query.error : null;
  return (
    <div className={layout.columns}>
      <div className={classes.list}>
        {hasItems && (
          <Radio.Group
            label={t`What you revoke`}
            value={isEverything ? 'everything' : 'some'}
            onChange={(value) => setEverything(value === 'everything')}
            mb="md"
          >
            <Stack gap={6} mt={6}>
              <Radio value="some" label={<Trans>Some installations</Trans>} />
              <Radio value="everything" label={<Trans>Everything that can be revoked</Trans>} />
            </Stack>
          </Radio.Group>
        )}
        {!isEverything && <PickItems share={share} picked={picked} />}
      </div>
      <aside className={`${layout.aside} ${classes.side}`} aria-label={t`What happens`}>
        {!isAsked && (
          <p className={classes.about}>
            {tooMany ? (
              <Plural
                value={MOST_NAMED}
                one="At most # is revoked at once. Revoke the rest afterwards."
                other="At most # are revoked at once. Revoke the rest afterwards."
              />
            ) : (
              <Trans>Pick installations, and see here exactly who loses what.</Trans>
            )}
          </p>
        )}
        {error && <ProblemNotice error={error} />}
        {isAsked && !error && effect === undefined && <Skeleton height={120} aria-busy />}
        {effect && <RevocationEffect share={share} effect={effect} />}
        {!error && <ConfirmRevocation share={share} asked={asked} effect={effect} />}
      </aside>
    </div>
  );
}
