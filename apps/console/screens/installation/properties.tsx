import { Trans, useLingui } from '@lingui/react/macro';
import { Button, CopyButton } from '@mantine/core';
import type { Installation } from '../../api/queries.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { dayOf } from '../../parts/time.tsx';
import { useInstallationTypeName } from '../../parts/words.ts';
import classes from './installation.module.css';

/** What is known of a machine. */
export function Properties({ installation }: { readonly installation: Installation }) {
  const { i18n } = useLingui();
  const typeName = useInstallationTypeName();
  const { customerReference, type, brand, model, serialNumber, refrigerant, chargeKg, capacityKw } =
    installation;
  const { co2eTonnes, hermeticallySealed, leakDetection, commissionedOn, notes, components, token } =
    installation;
  const amount = (value: number, unit: string) =>
    `${new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 3 }).format(value)} ${unit}`;
  return (
    <Facts>
      {customerReference && <Fact name={<Trans>The customer’s reference</Trans>}>{customerReference}</Fact>}
      {type && <Fact name={<Trans>Kind</Trans>}>{typeName(type)}</Fact>}
      {(brand || model) && (
        <Fact name={<Trans>Machine</Trans>}>{[brand, model].filter(Boolean).join(' ')}</Fact>
      )}
      {serialNumber && <Fact name={<Trans>Serial number</Trans>}>{serialNumber}</Fact>}
      {refrigerant && (
        <Fact name={<Trans>Refrigerant</Trans>}>
          {refrigerant}
          {chargeKg !== undefined && `, ${amount(chargeKg, 'kg')}`}
          {co2eTonnes !== undefined && (
            <p>
              <Trans>{amount(co2eTonnes, 't')} of CO₂ equivalent</Trans>
            </p>
          )}
        </Fact>
      )}
      {capacityKw !== undefined && <Fact name={<Trans>Capacity</Trans>}>{amount(capacityKw, 'kW')}</Fact>}
      {hermeticallySealed !== undefined && (
        <Fact name={<Trans>Hermetically sealed</Trans>}>
          <YesOrNo is={hermeticallySealed} />
        </Fact>
      )}
      {leakDetection !== undefined && (
        <Fact name={<Trans>Leak detection</Trans>}>
          <YesOrNo is={leakDetection} />
        </Fact>
      )}
      {commissionedOn && (
        <Fact name={<Trans>Commissioned on</Trans>}>{dayOf(commissionedOn, i18n.locale)}</Fact>
      )}
      {components && components.length > 0 && (
        <Fact name={<Trans>Components</Trans>}>
          <ul className={classes.components}>
            {components.map(({ name, brand, model, serialNumber }) => (
              <li key={`${name} ${serialNumber}`}>
                {[name, [brand, model].filter(Boolean).join(' '), serialNumber].filter(Boolean).join(', ')}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {notes && (
        <Fact name={<Trans>Notes</Trans>}>
          <span className={classes.prose}>{notes}</span>
        </Fact>
      )}
      <Fact name={<Trans>Token</Trans>}>
        <code>{token}</code>{' '}
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Button variant="subtle" size="compact-xs" onClick={copy}>
              {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
            </Button>
          )}
        </CopyButton>
        <p>
          <Trans>The same for every company with access: it names this machine.</Trans>
        </p>
      </Fact>
    </Facts>
  );
}

function YesOrNo({ is }: { readonly is: boolean }) {
  return is ? <Trans>Yes</Trans> : <Trans>No</Trans>;
}
