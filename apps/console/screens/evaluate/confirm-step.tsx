import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Radio, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { tessera } from '../../api/client.ts';
import type { Share } from '../../api/queries.ts';
import { useWrite } from '../../api/writes.ts';
import layout from '../../parts/aside.module.css';
import { ProblemNotice } from '../../parts/problem.tsx';
import { endOfDay, UntilField } from '../../parts/until-field.tsx';
import type { AccessType, Level } from '../../parts/words.ts';
import { AccessCards } from './access-cards.tsx';
import classes from './evaluate.module.css';
import { type Preview, preview } from './preview.ts';
import { PreviewedEffect } from './previewed-effect.tsx';
import { forgetSelections, type Selection } from './selection.ts';

interface ConfirmStepProps {
  readonly share: Share;
  readonly level: Level;
  readonly selection: Selection;
}

type Identity = NonNullable<Share['documentIdentity']>;

/** Chooses the terms, sees exactly what they come to, and gives. */
export function ConfirmStep({ share, level, selection }: ConfirmStepProps) {
  const { id, counterparty } = share;
  const navigate = useNavigate();
  const [accessType, setAccessType] = useState<AccessType>();
  const [identity, setIdentity] = useState<Identity>('performer');
  const [lastDay, setLastDay] = useState('');
  const until = endOfDay(lastDay);
  const picked = [...selection.ids];
  const asked = { level, selection: picked, ...(until && { until }) };
  const query = useQuery({
    ...preview(id, { ...asked, accessType: accessType ?? 'on-loan' }),
    enabled: accessType !== undefined,
  });
  const approve = useWrite(
    (type: AccessType) => {
      const documentIdentity = mayChooseIdentity(type) ? { documentIdentity: identity } : {};
      const body = { ...asked, accessType: type, ...documentIdentity };
      return tessera.post('/v1/shares/{id}/approve', { params: { path: { id } }, body });
    },
    {
      onSuccess: () => {
        forgetSelections(id);
        void navigate({ to: '/shares/$shareId', params: { shareId: id } });
      },
    },
  );
  if (picked.length === 0) return <NothingPicked />;
  return (
    <div className={layout.columns}>
      <div className={classes.list}>
        <AccessCards
          shareId={id}
          asked={{ level, selection: picked }}
          value={accessType}
          onChange={setAccessType}
        />
        {accessType !== undefined && mayChooseIdentity(accessType) && (
          <DocumentIdentity value={identity} onChange={setIdentity} party={counterparty.name} />
        )}
        {accessType !== undefined && (
          <UntilField
            label={<Trans>Until (optional)</Trans>}
            value={lastDay}
            onChange={setLastDay}
            without={<Trans>Without a date it lasts until it is revoked or given back.</Trans>}
          />
        )}
      </div>
      <aside className={layout.aside}>
        {accessType === undefined ? (
          <p className={classes.hint}>
            <Trans>Choose the access, and see here exactly what {counterparty.name} would get.</Trans>
          </p>
        ) : (
          <>
            {query.data === undefined &&
              (query.error ? <ProblemNotice error={query.error} /> : <Skeleton height={180} aria-busy />)}
            {query.data && <PreviewedEffect preview={query.data} accessType={accessType} />}
            {approve.error && <ProblemNotice error={approve.error} />}
            <ShareButton
              preview={query.data}
              pending={approve.isPending}
              onShare={() => approve.mutate(accessType)}
            />
          </>
        )}
      </aside>
    </div>
  );
}

interface ShareButtonProps {
  readonly preview: Preview | undefined;
  readonly pending: boolean;
  readonly onShare: () => void;
}

function ShareButton({ preview, pending, onShare }: ShareButtonProps) {
  const count = preview?.counts.installations ?? 0;
  return (
    <Button
      fullWidth
      loading={pending}
      disabled={preview === undefined || preview.refusal !== undefined}
      onClick={onShare}
    >
      <Plural value={count} _0="Nothing to share" one="Share # installation" other="Share # installations" />
    </Button>
  );
}

/** The rule is the service's; it refuses what does not apply. */
function mayChooseIdentity(type: AccessType): boolean {
  return type === 'subcontractor' || type === 'on-loan';
}

interface DocumentIdentityProps {
  readonly value: Identity;
  readonly onChange: (identity: Identity) => void;
  readonly party: string;
}

function DocumentIdentity({ value, onChange, party }: DocumentIdentityProps) {
  return (
    <Radio.Group
      my="lg"
      label={<Trans>Whose details appear on work orders</Trans>}
      value={value}
      onChange={(identity) => onChange(identity as Identity)}
    >
      <Stack gap="xs" mt={8}>
        <Radio value="performer" label={<Trans>Those of {party}, who does the work</Trans>} />
        <Radio value="giver" label={<Trans>Yours</Trans>} />
      </Stack>
    </Radio.Group>
  );
}

function NothingPicked() {
  const { t } = useLingui();
  return <p className={classes.hint}>{t`Nothing is picked yet: select first what you give.`}</p>;
}
