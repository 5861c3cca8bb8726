import type { AccountKind } from '#domain/account';
import { type Http, Person } from './demo-client.ts';

/** A company of the demo, and its users. */
export interface Company {
  readonly id: string;
  readonly name: string;
  /** Its name on documents. */
  readonly legalName: string;
  readonly administrator: Person;
  readonly manager: Person;
  readonly technician: Person;
}

export interface Cast {
  /** Owns the installations, and registered them. */
  readonly owner: Company;
  /** Maintains them. */
  readonly contractor: Company;
  /** Helps the contractor out. */
  readonly subcontractor: Company;
  /** Helps the subcontractor. */
  readonly helper: Company;
}

interface Part {
  readonly kind: AccountKind;
  readonly name: string;
  readonly legalName: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

const OWNER: Part = {
  kind: 'connect',
  name: 'Noorderhof',
  legalName: 'Noorderhof Vastgoed B.V.',
  vatNumber: 'NL009918204B01',
  street: 'Singelgracht 210',
  postalCode: '8021 KT',
  city: 'Zwolle',
  country: 'NL',
};
const CONTRACTOR: Part = {
  kind: 'service',
  name: 'Koelmeester',
  legalName: 'Koelmeester Techniek B.V.',
  vatNumber: 'NL009918216B01',
  street: 'Ambachtsring 8',
  postalCode: '7418 EH',
  city: 'Deventer',
  country: 'NL',
};
const SUBCONTRACTOR: Part = {
  kind: 'service',
  name: 'Emskälte',
  legalName: 'Emskälte GmbH',
  vatNumber: 'DE909918228',
  street: 'Lange Straße 77',
  postalCode: '49808',
  city: 'Lingen',
  country: 'DE',
};
const HELPER: Part = {
  kind: 'service',
  name: 'Nordfrost',
  legalName: 'Nordfrost ApS',
  vatNumber: 'DK90991823',
  street: 'Nørregade 15',
  postalCode: '6270',
  city: 'Tønder',
  country: 'DK',
};

/** Registers four new companies, and signs their users in. */
export async function gatherCast(http: Http): Promise<Cast> {
  const operator = await Person.signIn(http, '', 'operator');
  const enter = async ({ kind, name, legalName, ...details }: Part): Promise<Company> => {
    const company = { name: legalName, ...details };
    const { id } = await operator.post<{ id: string }>('/v1/accounts', { kind, name, company });
    const [administrator, manager, technician] = await Promise.all([
      Person.signIn(http, id, 'administrator'),
      Person.signIn(http, id, 'manager'),
      Person.signIn(http, id, 'technician'),
    ]);
    return { id, name, legalName, administrator, manager, technician };
  };
  return {
    owner: await enter(OWNER),
    contractor: await enter(CONTRACTOR),
    subcontractor: await enter(SUBCONTRACTOR),
    helper: await enter(HELPER),
  };
}
