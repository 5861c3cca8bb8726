import type { Activity, InstallationProperties, InstallationType } from '#domain/installation';
import type { Random } from './random.ts';

interface Model {
  readonly type: InstallationType;
  readonly brand: string;
  /** What its serial numbers begin with. */
  readonly prefix: string;
  readonly series: string;
  readonly refrigerant: string;
  /** In kilograms and kilowatts. */
  readonly charge: readonly [from: number, to: number];
  readonly capacity: readonly [from: number, to: number];
  /** The first and last year it was sold. */
  readonly years: readonly [from: number, to: number];
}

/** Product series that are common in Europe; the model numbers within a series are invented. */
const MODELS: readonly [Model, ...Model[]] = [
  {
    type: 'air-conditioning',
    brand: 'Daikin',
    prefix: 'DA',
    series: 'VRV-',
    refrigerant: 'R-410A',
    charge: [5, 28],
    capacity: [22, 85],
    years: [2009, 2022],
  },
  {
    type: 'air-conditioning',
    brand: 'Mitsubishi Electric',
    prefix: 'ME',
    series: 'City Multi PUHY-',
    refrigerant: 'R-410A',
    charge: [6, 24],
    capacity: [22, 70],
    years: [2010, 2021],
  },
  {
    type: 'air-conditioning',
    brand: 'Trane',
    prefix: 'TR',
    series: 'RTAF-',
    refrigerant: 'R-513A',
    charge: [60, 190],
    capacity: [320, 1100],
    years: [2017, 2024],
  },
  {
    type: 'air-conditioning',
    brand: 'Carrier',
    prefix: 'CA',
    series: '30RBP-',
    refrigerant: 'R-32',
    charge: [12, 60],
    capacity: [90, 460],
    years: [2019, 2025],
  },
  {
    type: 'refrigeration',
    brand: 'Bitzer',
    prefix: 'BI',
    series: 'LH-',
    refrigerant: 'R-404A',
    charge: [18, 120],
    capacity: [20, 140],
    years: [2006, 2015],
  },
  {
    type: 'refrigeration',
    brand: 'Frascold',
    prefix: 'FR',
    series: 'S-',
    refrigerant: 'R-449A',
    charge: [15, 90],
    capacity: [18, 110],
    years: [2016, 2024],
  },
  {
    type: 'refrigeration',
    brand: 'Danfoss',
    prefix: 'DF',
    series: 'Optyma-',
    refrigerant: 'R-448A',
    charge: [4, 16],
    capacity: [4, 18],
    years: [2015, 2024],
  },
  {
    type: 'refrigeration',
    brand: 'Advansor',
    prefix: 'AD',
    series: 'CuBig-',
    refrigerant: 'R-744',
    charge: [120, 380],
    capacity: [120, 420],
    years: [2016, 2025],
  },
  {
    type: 'heat-pump',
    brand: 'Viessmann',
    prefix: 'VI',
    series: 'Vitocal-',
    refrigerant: 'R-290',
    charge: [1, 4],
    capacity: [8, 40],
    years: [2021, 2025],
  },
  {
    type: 'heat-pump',
    brand: 'NIBE',
    prefix: 'NI',
    series: 'F1345-',
    refrigerant: 'R-454B',
    charge: [2, 9],
    capacity: [24, 60],
    years: [2020, 2025],
  },
  {
    type: 'heat-pump',
    brand: 'Stiebel Eltron',
    prefix: 'SE',
    series: 'WPF-',
    refrigerant: 'R-407C',
    charge: [4, 18],
    capacity: [20, 66],
    years: [2008, 2017],
  },
];

/** The largest charge in kilograms that a hermetically sealed circuit is invented with. */
const SEALED_UP_TO = 6;
const DETECTION_FROM = 50;

/** A machine as its nameplate and its documents describe it. */
export function inventMachine(random: Random): InstallationProperties & { readonly commissionedOn: string } {
  const model = random.pick(MODELS);
  const chargeKg = random.between(model.charge[0] * 10, model.charge[1] * 10) / 10;
  return {
    serialNumber: `${model.prefix}${random.digits(8)}`,
    brand: model.brand,
    model: `${model.series}${random.between(12, 980)}`,
    type: model.type,
    refrigerant: model.refrigerant,
    chargeKg,
    capacityKw: random.between(...model.capacity),
    hermeticallySealed: chargeKg <= SEALED_UP_TO && random.chance(0.7),
    leakDetection: chargeKg >= DETECTION_FROM && random.chance(0.8),
    commissionedOn: random.day(...model.years),
  };
}

/** A service visit in one of the years from commissioning to the last, worded as in a real logbook. */
export function inventActivity(
  { commissionedOn, chargeKg = 0 }: ReturnType<typeof inventMachine>,
  performedBy: string,
  lastYear: number,
  random: Random,
): Activity {
  const commissioned = Number(commissionedOn.slice(0, 4));
  const performedOn = random.day(Math.min(commissioned + 1, lastYear), lastYear);
  const visit = random.between(1, 4);
  if (visit === 1) {
    const refrigerantAddedKg = Math.max(0.1, Math.round(chargeKg * random.between(2, 12)) / 100);
    return {
      kind: 'work-order',
      performedOn,
      summary: 'Leak at a flare connection repaired, pressure tested and topped up',
      performedBy,
      leakFound: true,
      refrigerantAddedKg,
    };
  }
  if (visit === 2) {
    return {
      kind: 'measurement',
      performedOn,
      summary: 'Pressures and temperatures at full load',
      performedBy,
      measurements: [
        { name: 'suction pressure', value: random.between(24, 90) / 10, unit: 'bar' },
        { name: 'discharge pressure', value: random.between(140, 280) / 10, unit: 'bar' },
        { name: 'superheat', value: random.between(50, 90) / 10, unit: 'K' },
      ],
    };
  }
  return {
    kind: 'work-order',
    performedOn,
    summary: random.pick([
      'Annual maintenance and leak check: no leak found',
      'Condenser cleaned, filters replaced, leak check without findings',
      'Oil and filter drier replaced, leak check without findings',
    ]),
    performedBy,
    leakFound: false,
  };
}
