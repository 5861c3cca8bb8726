import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Skeleton, Textarea } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import { type Grant, grants, type Installation, ownAccount } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { MoreButton } from '../../parts/more-button.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { RevocableUntil } from '../../parts/revocable-until.tsx';
import { exactly, Time } from '../../parts/time.tsx';
import { useAccessTypeName } from '../../parts/words.ts';
import { AccessChain } from './access-chain.tsx';
import classes from './installation.module.css';
import { OwnAccess } from './own-access.tsx';

/** By which path the account has access to a machine, and to whom it gave it on. */
export function Access({ installation }: { readonly installation: Installation }) {
  const { t } = useLingui();
  const query = useInfiniteQuery(grants(installation.id));
  const { data: account } = useQuery(ownAccount());
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={t`Access`}>
      <OwnAccess installation={installation} grants={items ?? []} />
      {items === undefined &&
        (query.error ? (
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton aria-busy height={96} />
        ))}
      {items?.length === 0 && (
        <EmptyState icon={IconUsers} title={<Trans>Only you have access</Trans>}>
          <Trans>When you approve a share with this machine in it, you see here whom you gave it to.</Trans>
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && account && (
        <>
          <AccessChain
            own={{ id: account.id, name: account.name }}
            isRoot={installation.access.type === 'root'}
            grants={items}
          />
          <ul className={classes.grants}>
            {items.map((grant) => (
              <GrantLine key={grant.id} grant={grant} installation={installation} account={account.id} />
            ))}
          </ul>
        </>
      )}
      <MoreButton query={query} />
      <p>
        <Link to="/audit/$kind/$id" params={{ kind: 'installations', id: installation.id }}>
          <Trans>Everything that happened to it, as it was at any moment</Trans>
        </Link>
      </p>
    </section>
  );
}

interface GrantLineProps {
  readonly grant: Grant;
  readonly installation: Installation;
  readonly account: string;
}

function GrantLine({ grant, installation, account }: GrantLineProps) {
  const accessTypeName = useAccessTypeName();
  const [isOpen, setOpen] = useState(false);
  const { i18n } = useLingui();
  const { giver, holder, accessType, grantedAt, revocableUntil, expiresAt, withdrawal } = grant;
  const { allowedActions, shareId } = grant;
  const isGiver = giver.id === account;
  const may = isGiver ? allowedActions.includes('revoke') : allowedActions.includes('return');
  return (
    <li data-over={withdrawal !== undefined}>
      <div>
        <strong>
          {isGiver ? (
            <Trans>
              {holder.name}: {accessTypeName(accessType, 'giver')}
            </Trans>
          ) : (
            <Trans>
              From {giver.name}: {accessTypeName(accessType, 'holder')}
            </Trans>
          )}
        </strong>
        <p>
          <Trans>
            since <Time at={grantedAt} />
          </Trans>
          {withdrawal ? (
            <>
              {' · '}
              <Trans>
                ended <Time at={withdrawal.at} />
              </Trans>
              {withdrawal.reason && <> · {withdrawal.reason}</>}
            </>
          ) : (
            revocableUntil && (
              <>
                {' · '}
                <Trans>
                  revocable: <RevocableUntil until={revocableUntil} />
                </Trans>
              </>
            )
          )}
          {expiresAt && (
            <>
              {' · '}
              <Trans>ends on {exactly(expiresAt, i18n.locale)}</Trans>
            </>
          )}
          {' · '}
          <Link to="/shares/$shareId" params={{ shareId }}>
            <Trans>Share</Trans>
          </Link>
        </p>
      </div>
      {may && (
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {isGiver ? <Trans>Revoke</Trans> : <Trans>Give back</Trans>}
        </Button>
      )}
      {isOpen && (
        <EndAccess
          grant={grant}
          installation={installation}
          isGiver={isGiver}
          onClose={() => setOpen(false)}
        />
      )}
    </li>
  );
}

interface EndAccessProps {
  readonly grant: Grant;
  readonly installation: Installation;
  readonly isGiver: boolean;
  readonly onClose: () => void;
}

/** Ends one access to one machine, and every access that was given on from it (R-V4, R-V7). */
function EndAccess({ grant, installation: { id, reference }, isGiver, onClose }: EndAccessProps) {
  const [reason, setReason] = useState('');
  const params = { path: { id, grantId: grant.id } };
  const write = useWrite(() =>
    isGiver
      ? tessera.post('/v1/installations/{id}/grants/{grantId}/revoke', {
          params,
          body: reason.trim() === '' ? {} : { reason: reason.trim() },
        })
      : tessera.post('/v1/installations/{id}/grants/{grantId}/return', { params }),
  );
  return (
    <Confirm
      opened
      onClose={onClose}
      title={
        isGiver ? (
          <Trans>Revoke the access to {reference}</Trans>
        ) : (
          <Trans>Give back the access to {reference}</Trans>
        )
      }
      action={isGiver ? <Trans>Revoke 1 installation</Trans> : <Trans>Give back 1 installation</Trans>}
      severe
      pending={write.isPending}
      error={write.error}
      onConfirm={() => write.mutate(undefined, { onSuccess: onClose })}
    >
      <p>
        {isGiver ? (
          <Trans>
            {grant.holder.name} can change nothing any more, and keeps reading the machine as it is at this
            moment. Companies that were given access on from there lose it too. Placing it again needs a new
            share.
          </Trans>
        ) : (
          <Trans>
            You can change nothing any more, and keep reading the machine as it is at this moment. Companies
            that you gave access on to lose it too. {grant.giver.name} is notified.
          </Trans>
        )}
      </p>
      {isGiver && (
        <Textarea
          label={<Trans>Reason, which {grant.holder.name} reads (optional)</Trans>}
          autosize
          minRows={2}
          maxLength={1_000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
    </Confirm>
  );
}
