import { Trans, useLingui } from '@lingui/react/macro';
import { Group } from '@mantine/core';
import { useState } from 'react';
import type { OwnAccount } from '../../api/queries.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { addressLine } from '../../parts/address.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { useKindName } from '../../parts/words.ts';
import { CompanyForm } from './company-form.tsx';
import type { SettingsTabProps } from './tab.ts';

/** What others read of the company that they share with. */
export function Company({ account }: SettingsTabProps) {
  const { t } = useLingui();
  const { kind, name, company, roles } = account;
  const kindName = useKindName();
  const [changed, setChanged] = useState<OwnAccount>();
  return (
    <>
      <Facts>
        <Fact name={<Trans>Name</Trans>}>{name}</Fact>
        <Fact name={<Trans>Kind</Trans>}>{kindName(kind)}</Fact>
        <Fact name={<Trans>Registered name</Trans>}>{company.name}</Fact>
        <Fact name={<Trans>Address</Trans>}>{addressLine(company)}</Fact>
        <Fact name={<Trans>VAT number</Trans>}>{company.vatNumber}</Fact>
        <Fact name={<Trans>Certificate number</Trans>}>
          {company.certificateNumber ?? <Trans>none given</Trans>}
        </Fact>
      </Facts>
      <Group mt="sm">
        <ActionButton
          variant="default"
          allowed={roles.includes('administrator')}
          because={t`Only an administrator of your company may do this.`}
          onClick={() => setChanged(account)}
        >
          <Trans>Change the details</Trans>
        </ActionButton>
      </Group>
      {changed && <CompanyForm account={changed} onClose={() => setChanged(undefined)} />}
    </>
  );
}
