import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Radio, Skeleton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { ProblemError } from '#client';
import cards from '../../parts/cards.module.css';
import type { AccessType } from '../../parts/words.ts';
import { ACCESS_TYPES_IN_ORDER, useAccessTypeName } from '../../parts/words.ts';
import { type AskedApproval, type Preview, preview } from './preview.ts';

interface AccessCardsProps {
  readonly shareId: string;
  readonly asked: AskedApproval;
  readonly value: AccessType | undefined;
  readonly onChange: (type: AccessType) => void;
}

/** The types of access, each with what it permits; those that the service would refuse say why. */
export function AccessCards({ shareId, asked, value, onChange }: AccessCardsProps) {
  const { t } = useLingui();
  const previews = useQueries({
    queries: ACCESS_TYPES_IN_ORDER.map((accessType) => preview(shareId, { ...asked, accessType })),
  });
  return (
    <Radio.Group
      label={t`Which access they get`}
      value={value ?? null}
      onChange={(type) => onChange(type as AccessType)}
    >
      <div className={cards.cards}>
        {ACCESS_TYPES_IN_ORDER.map((type, index) => (
          <AccessCard key={type} type={type} preview={previews[index]?.data} error={previews[index]?.error} />
        ))}
      </div>
    </Radio.Group>
  );
}

interface AccessCardProps {
  readonly type: AccessType;
  readonly preview: Preview | undefined;
  readonly error: unknown;
}

function AccessCard({ type, preview, error }: AccessCardProps) {
  const name = useAccessTypeName();
  const refusal =
    preview?.refusal?.detail ?? (error instanceof ProblemError ? error.problem.detail : undefined);
  const isPossible = preview !== undefined && refusal === undefined;
  return (
    <Radio.Card value={type} className={cards.card} disabled={!isPossible}>
      <Radio.Indicator disabled={!isPossible} />
      <span className={cards.text}>
        <span className={cards.name}>{name(type, 'giver')}</span>
        <span className={cards.about}>
          {refusal ?? (
            <>
              <MayGiveOn type={type} /> {preview?.terms && <RevocableBy terms={preview.terms} />}
            </>
          )}
        </span>
        {preview === undefined && error === null && <Skeleton height={10} width="50%" />}
        {isPossible && preview.counts.leftOut > 0 && (
          <span className={cards.about}>
            <Plural
              value={preview.counts.leftOut}
              one="# of what you picked would be left out."
              other="# of what you picked would be left out."
            />
          </span>
        )}
      </span>
    </Radio.Card>
  );
}

function MayGiveOn({ type }: { readonly type: AccessType }) {
  switch (type) {
    case 'operator':
    case 'installation-manager':
      return <Trans>May give them on in every way.</Trans>;
    case 'subcontractor':
      return <Trans>May give them on to subcontractors and on loan.</Trans>;
    case 'on-loan':
      return <Trans>May not give them on.</Trans>;
  }
}

function RevocableBy({ terms: { revocation } }: { readonly terms: NonNullable<Preview['terms']> }) {
  const { i18n } = useLingui();
  if (revocation.kind === 'any-time') return <Trans>You can revoke at any time.</Trans>;
  const hours = new Intl.NumberFormat(i18n.locale, {
    style: 'unit',
    unit: 'hour',
    unitDisplay: 'long',
  }).format(revocation.milliseconds / 3_600_000);
  return revocation.from === 'placed' ? (
    <Trans>You can revoke within {hours} of their being placed.</Trans>
  ) : (
    <Trans>You can revoke within {hours} of approval.</Trans>
  );
}
