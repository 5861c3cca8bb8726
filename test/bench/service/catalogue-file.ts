const brands = ['Carrier', 'Daikin', 'Mitsubishi Electric', 'Bitzer', 'Carel'];
const COLUMNS =
  'customer_name,vat_number,customer_street,customer_postal_code,customer_city,country,location_name,' +
  'location_street,location_postal_code,location_city,building,reference,serial_number,brand,model,type,' +
  'refrigerant,charge_kg,capacity_kw,hermetically_sealed,commissioned_on';

/** A customer has two locations of 25 installations each, half of them in buildings with a name. */
const PER_LOCATION = 25;
const PER_CUSTOMER = 50;

/** A catalogue as CSV: the installations from the `first` up to the one before the `end`th. */
export function catalogueFile(first: number, end: number): string {
  const lines = Array.from({ length: end - first }, (_, index) => row(first + index).join(','));
  return [COLUMNS, ...lines, ''].join('\n');
}

function row(number: number): (string | number | boolean)[] {
  const customer = Math.floor(number / PER_CUSTOMER);
  const location = Math.floor(number / PER_LOCATION);
  return [
    `Customer ${customer}`,
    `NL${String(customer).padStart(9, '0')}B01`,
    `Havenstraat ${customer}`,
    `3011 ${String.fromCharCode(65 + (customer % 26))}A`,
    'Rotterdam',
    'NL',
    `Plant ${location}`,
    `Dijk ${location}`,
    '9711 AB',
    'Groningen',
    number % 2 === 0 ? `Hall ${number % 6}` : '',
    `K-${number}`,
    `SN-${number}`,
    brands[number % brands.length] ?? '',
    `Model ${number % 40}`,
    'refrigeration',
    'R-448A',
    12.5,
    40,
    false,
    '2019-05-14',
  ];
}
