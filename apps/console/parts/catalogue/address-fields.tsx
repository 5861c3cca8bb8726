import { useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import dialog from '../dialog.module.css';

export const NO_ADDRESS = { street: '', postalCode: '', city: '', country: '' };

interface AddressFieldsProps {
  /** What a field of the form needs, by its path. */
  readonly props: (path: string) => object;
}

/** The fields of an address, within those of a form under the name `address`. */
export function AddressFields({ props }: AddressFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextInput label={t`Street and number`} required maxLength={200} {...props('address.street')} />
      <div className={dialog.pair}>
        <TextInput label={t`Postal code`} maxLength={50} {...props('address.postalCode')} />
        <TextInput label={t`City`} required maxLength={200} {...props('address.city')} />
        <TextInput label={t`Country`} maxLength={100} {...props('address.country')} />
      </div>
    </>
  );
}
