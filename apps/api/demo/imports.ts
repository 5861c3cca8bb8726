import type { Calendar } from './calendar.ts';
import { companies } from './companies.ts';
import { type DemoStep, demoId, type Story, scene } from './steps.ts';

const COLUMNS = [
  ...['customer_name', 'vat_number', 'country'],
  ...['location_name', 'location_street', 'location_postal_code', 'location_city'],
  ...['reference', 'brand', 'model', 'type', 'refrigerant', 'charge_kg', 'commissioned_on'],
];

const CUSTOMER = ['Zwembaden Groene Hart', 'NL004417465B01', 'NL'];
const BATHS = {
  golfslag: ['Zwembad De Golfslag', 'Sportlaan 3', '2406 KV', 'Alphen aan den Rijn'],
  waterhof: ['Zwembad Waterhof', 'Badweg 18', '3441 BE', 'Woerden'],
  tobbe: ['Zwembad De Tobbe', 'Zonneveld 1', '2804 XH', ''],
};

/** A spreadsheet as kept for years: some rows are not valid. */
const ROWS: readonly (readonly [bath: keyof typeof BATHS, ...machine: readonly string[]])[] = [
  ['golfslag', 'ZGH-001', 'Carrier', '30RBP-160', 'air-conditioning', 'R-32', '18,5', '2021-04-12'],
  ['golfslag', 'ZGH-002', 'Carrier', '30RBP-160', 'air-conditioning', 'R-32', '18,5', '2021-04-12'],
  ['golfslag', 'ZGH-003', 'Daikin', 'VRV-18', 'air-conditioning', 'R-410A', 'circa 12', '2014-09-30'],
  ['golfslag', 'ZGH-004', 'NIBE', 'F1345-60', 'heat-pump', 'R-407C', '6,2', '2016-02-11'],
  ['waterhof', 'ZGH-005', 'NIBE', 'F1345-40', 'warmtepomp', 'R-407C', '4,8', '2016-02-18'],
  ['waterhof', 'ZGH-006', 'Daikin', 'VRV-14', 'air-conditioning', 'R-410A', '9,1', '2015-05-07'],
  [
    'waterhof',
    'ZGH-006',
    'Mitsubishi Electric',
    'PUHY-P300',
    'air-conditioning',
    'R-410A',
    '10,3',
    '2015-05-07',
  ],
  ['waterhof', 'ZGH-007', 'Trane', 'RTAF-090', 'air-conditioning', 'R-513A', '62', '2019-02-31'],
  ['waterhof', 'ZGH-008', 'Trane', 'RTAF-090', 'air-conditioning', 'R-513A', '62', '2019-06-03'],
  ['tobbe', 'ZGH-009', 'Carrier', '30RBP-110', 'air-conditioning', 'R-32', '12,4', '2020-10-22'],
];

const SHEET = [COLUMNS, ...ROWS.map(([bath, ...machine]) => [...CUSTOMER, ...BATHS[bath], ...machine])]
  .map((cells) => cells.join(';'))
  .join('\r\n');

/** A sheet with the machines of a new customer, half of which has to be fixed. */
export function machinesFromASheet(calendar: Calendar): Story {
  const importId = demoId('import', 'koudewacht', 'Zwembaden Groene Hart');
  const steps: readonly DemoStep[] = [
    { kind: 'import', importId, actor: companies.koudewacht.manager, csv: SHEET },
    { kind: 'wait', stream: `import-${importId}`, event: 'CatalogueImportCompleted' },
  ];
  return [scene(calendar.in(4, 'wednesday'), ...steps)];
}
