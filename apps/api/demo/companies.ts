import type { AccountKind, CompanyDetails } from '#domain/account';
import type { Actor, Role } from '#domain/kernel';
import { demoId } from './steps.ts';

/** The countries that occur in the demo world. */
export type Country = 'NL' | 'BE' | 'DE' | 'AT' | 'FR' | 'ES' | 'PT' | 'DK' | 'SE';

/** A company of the demo world; all its details are invented. */
export interface Company {
  readonly key: CompanyKey;
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly country: Country;
  readonly details: CompanyDetails;
  /** Its users, by the first of their roles. */
  readonly administrator: Actor;
  readonly manager: Actor;
  readonly technician: Actor;
}

interface Described {
  readonly kind: AccountKind;
  readonly name: string;
  readonly country: Country;
  readonly legalName: string;
  readonly vatNumber: string;
  readonly address: readonly [street: string, postalCode: string, city: string];
  readonly certificateNumber?: string;
  readonly people: readonly [administrator: string, manager: string, technician: string];
}

const DESCRIBED = {
  noordlicht: {
    kind: 'connect',
    name: 'Noordlicht Vastgoed',
    country: 'NL',
    legalName: 'Noordlicht Vastgoed B.V.',
    vatNumber: 'NL004417289B01',
    address: ['Wilhelminakade 412', '3072 AR', 'Rotterdam'],
    people: ['marit', 'joris', 'wessel'],
  },
  vlasbroek: {
    kind: 'connect',
    name: 'Vlasbroek Supermarkten',
    country: 'BE',
    legalName: 'Vlasbroek Supermarkten NV',
    vatNumber: 'BE0904417704',
    address: ['Koopvaardijlaan 41', '9000', 'Gent'],
    people: ['liesbeth', 'pieter', 'karim'],
  },
  brisa: {
    kind: 'connect',
    name: 'Brisa Hoteles',
    country: 'ES',
    legalName: 'Brisa Hoteles y Apartamentos S.L.',
    vatNumber: 'ESB90417733',
    address: ['Paseo del Mirador 18', '29016', 'Málaga'],
    people: ['lucia', 'alvaro', 'nuria'],
  },
  alpenfrisch: {
    kind: 'connect',
    name: 'Alpenfrisch Märkte',
    country: 'AT',
    legalName: 'Alpenfrisch Märkte GmbH',
    vatNumber: 'ATU90318845',
    address: ['Salurner Zeile 7', '6020', 'Innsbruck'],
    people: ['theresa', 'florian', 'jakob'],
  },
  sonnental: {
    kind: 'connect',
    name: 'Klinikverbund Sonnental',
    country: 'DE',
    legalName: 'Klinikverbund Sonnental gGmbH',
    vatNumber: 'DE904417726',
    address: ['Am Kurgarten 3', '79104', 'Freiburg im Breisgau'],
    people: ['katrin', 'holger', 'milan'],
  },
  fjordkol: {
    kind: 'connect',
    name: 'Fjordkøl Lagerhuse',
    country: 'DK',
    legalName: 'Fjordkøl Lagerhuse A/S',
    vatNumber: 'DK90417718',
    address: ['Havnepladsen 55', '6700', 'Esbjerg'],
    people: ['astrid', 'soeren', 'emil'],
  },
  koudewacht: {
    kind: 'service',
    name: 'Koudewacht Installatietechniek',
    country: 'NL',
    legalName: 'Koudewacht Installatietechniek B.V.',
    vatNumber: 'NL004417301B01',
    address: ['Ambachtsweg 29', '2841 LZ', 'Moordrecht'],
    certificateNumber: 'FG-NL-20417',
    people: ['sanne', 'bram', 'youssef'],
  },
  polderklimaat: {
    kind: 'service',
    name: 'Polder Klimaat',
    country: 'NL',
    legalName: 'Polder Klimaat V.O.F.',
    vatNumber: 'NL004417325B01',
    address: ['Dijkgraafweg 11', '1336 AB', 'Almere'],
    certificateNumber: 'FG-NL-20533',
    people: ['ilse', 'ruben', 'teun'],
  },
  scheldekoel: {
    kind: 'service',
    name: 'Schelde Koeltechniek',
    country: 'BE',
    legalName: 'Schelde Koeltechniek BV',
    vatNumber: 'BE0904417733',
    address: ['Vosseschijnstraat 88', '2030', 'Antwerpen'],
    certificateNumber: 'BE-KT-30884',
    people: ['els', 'wouter', 'bilal'],
  },
  kempenklima: {
    kind: 'service',
    name: 'Kempen Klima',
    country: 'BE',
    legalName: 'Kempen Klima BV',
    vatNumber: 'BE0904417788',
    address: ['Steenweg op Gierle 214', '2300', 'Turnhout'],
    certificateNumber: 'BE-KT-31207',
    people: ['greet', 'jef', 'stijn'],
  },
  leiekoeling: {
    kind: 'service',
    name: 'Leiekoeling',
    country: 'BE',
    legalName: 'Leiekoeling Kortrijk CV',
    vatNumber: 'BE0904417799',
    address: ['Nijverheidskaai 17', '8500', 'Kortrijk'],
    certificateNumber: 'BE-KT-30415',
    people: ['annelies', 'dries', 'hamza'],
  },
  hellberg: {
    kind: 'service',
    name: 'Kältewerk Hellberg',
    country: 'DE',
    legalName: 'Kältewerk Hellberg GmbH & Co. KG',
    vatNumber: 'DE904417734',
    address: ['Gewerbestraße 48', '79211', 'Denzlingen'],
    certificateNumber: 'DE-KAT1-7741',
    people: ['birgit', 'stefan', 'deniz'],
  },
  brennerkaelte: {
    kind: 'service',
    name: 'Brennerkälte Technik',
    country: 'AT',
    legalName: 'Brennerkälte Technik GmbH',
    vatNumber: 'ATU90318853',
    address: ['Gewerbepark Süd 14', '6060', 'Hall in Tirol'],
    certificateNumber: 'AT-F-3382',
    people: ['verena', 'lukas', 'andreas'],
  },
  meridien: {
    kind: 'service',
    name: 'Méridien Froid Services',
    country: 'FR',
    legalName: 'Méridien Froid Services SARL',
    vatNumber: 'FR90904417726',
    address: ['14 rue des Tisserands', '69007', 'Lyon'],
    certificateNumber: 'AC-FR-114-6620',
    people: ['camille', 'mathieu', 'sofiane'],
  },
  atlantica: {
    kind: 'service',
    name: 'Atlântica Frio',
    country: 'PT',
    legalName: 'Atlântica Frio Lda.',
    vatNumber: 'PT904417742',
    address: ['Rua do Estaleiro 92', '4450-132', 'Matosinhos'],
    certificateNumber: 'PT-GF-0912',
    people: ['ines', 'duarte', 'tiago'],
  },
  tunnbro: {
    kind: 'service',
    name: 'Tunnbro Kyl & Värme',
    country: 'SE',
    legalName: 'Tunnbro Kyl & Värme AB',
    vatNumber: 'SE990441772601',
    address: ['Verkstadsgatan 6', '211 24', 'Malmö'],
    certificateNumber: 'SE-KYL-5527',
    people: ['linnea', 'oskar', 'maja'],
  },
} as const satisfies Readonly<Record<string, Described>>;

export type CompanyKey = keyof typeof DESCRIBED;

/** The operator that registers the accounts. */
export const platformOperator: Actor = { account: '', user: 'demo:operator', roles: ['operator'] };

/** Every company, by its key. */
export const companies = Object.fromEntries(
  Object.entries(DESCRIBED).map(([key, described]) => [key, companyOf(key as CompanyKey, described)]),
) as Readonly<Record<CompanyKey, Company>>;

function companyOf(key: CompanyKey, described: Described): Company {
  const { kind, name, country, legalName, vatNumber, certificateNumber } = described;
  const [street, postalCode, city] = described.address;
  const id = demoId('account', key);
  const person = (user: string, role: Role): Actor => ({
    account: id,
    user: `${user}@${key}.example`,
    roles: [role],
  });
  const [administrator, manager, technician] = described.people;
  return {
    key,
    id,
    kind,
    name,
    country,
    details: {
      name: legalName,
      vatNumber,
      street,
      postalCode,
      city,
      country,
      ...(certificateNumber !== undefined && { certificateNumber }),
    },
    administrator: person(administrator, 'administrator'),
    manager: person(manager, 'manager'),
    technician: person(technician, 'technician'),
  };
}
