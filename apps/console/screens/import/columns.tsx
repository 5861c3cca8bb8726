import { Trans } from '@lingui/react/macro';
import classes from './import.module.css';

const REQUIRED = ['customer_name', 'location_name', 'location_street', 'location_city', 'reference'];
const OPTIONAL = [
  'customer_number',
  'vat_number',
  'customer_street',
  'customer_postal_code',
  'customer_city',
  'country',
  'location_postal_code',
  'building',
  'customer_reference',
  'serial_number',
  'brand',
  'model',
  'type',
  'refrigerant',
  'charge_kg',
  'capacity_kw',
  'hermetically_sealed',
  'commissioned_on',
];

/** What a file has to look like. */
export function Columns() {
  return (
    <section className={classes.columns}>
      <h2>
        <Trans>The columns of the file</Trans>
      </h2>
      <p>
        <Trans>
          In any order, with their names in the first row. Commas, semicolons and tabs between them are all
          understood. These must be there:
        </Trans>
      </p>
      <Names names={REQUIRED} />
      <p>
        <Trans>These may be:</Trans>
      </p>
      <Names names={OPTIONAL} />
      <p>
        <Trans>
          The same file twice adds nothing. A customer is recognised by its number, its VAT number, or its
          name and address; an installation by its reference at that customer.
        </Trans>
      </p>
    </section>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}
