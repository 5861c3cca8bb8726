const COLUMNS = [
  'customer_number',
  'customer_name',
  'vat_number',
  'customer_street',
  'customer_postal_code',
  'customer_city',
  'country',
  'location_name',
  'location_street',
  'location_postal_code',
  'location_city',
  'building',
  'reference',
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
] as const;

const CUSTOMER = '10417,Noorderhof Winkels,NL009918241B01,Singelgracht 210,8021 KT,Zwolle,NL';
const LOCATIONS = [
  'Winkel Marktplein,Marktplein 4,8011 LW,Zwolle',
  'Winkel Havenkwartier,Kadeweg 31,7417 DA,Deventer',
  'Magazijn De Vaart,Vaartweg 118,8243 PR,Lelystad',
] as const;

/** Building, references and the machine itself; four to a location. */
const INSTALLATIONS = [
  ',NH-001,DAK-1,DA31840277,Daikin,VRV-418,air-conditioning,R-410A,14.2,50.4,false,2017-05-11',
  'Winkelvloer,NH-002,CEL-1,BI77120468,Bitzer,LH-104,refrigeration,R-404A,42.0,38.5,false,2012-03-20',
  'Winkelvloer,NH-003,CEL-2,FR20955113,Frascold,S-77,refrigeration,R-449A,38.5,35.0,false,2019-09-02',
  ',NH-004,,VI60033871,Viessmann,Vitocal-250,heat-pump,R-290,1.8,16.0,true,2023-10-17',
  ',NH-005,DAK-1,ME48820196,Mitsubishi Electric,PUHY-300,air-conditioning,R-410A,11.8,33.5,false,2015-06-08',
  'Winkelvloer,NH-006,CEL-1,DF90217745,Danfoss,Optyma-9,refrigeration,R-448A,8.4,7.9,false,2020-01-28',
  'Winkelvloer,NH-007,CEL-2,DF90217752,Danfoss,Optyma-9,refrigeration,R-448A,8.4,7.9,false,2020-01-28',
  ',NH-008,,NI11780349,NIBE,F1345-40,heat-pump,R-454B,4.6,40.0,false,2022-04-05',
  'Hal 1,NH-009,KOEL-1,AD55310927,Advansor,CuBig-240,refrigeration,R-744,240.0,210.0,false,2021-11-15',
  'Hal 1,NH-010,KOEL-2,BI77120991,Bitzer,LH-212,refrigeration,R-404A,96.0,88.0,false,2011-02-09',
  'Hal 2,NH-011,,CA66402518,Carrier,30RBP-160,air-conditioning,R-32,22.5,160.0,false,2024-03-12',
  ',NH-012,,TR80155620,Trane,RTAF-410,air-conditioning,R-513A,118.0,410.0,false,2018-08-30',
] as const;

export const PER_LOCATION = INSTALLATIONS.length / LOCATIONS.length;
export const INSTALLATION_COUNT = INSTALLATIONS.length;

/** The owner's catalogue as it comes from its old system: one row per installation. */
export const catalogueFile = [
  COLUMNS.join(','),
  ...INSTALLATIONS.map((installation, index) =>
    [CUSTOMER, LOCATIONS[Math.floor(index / PER_LOCATION)], installation].join(','),
  ),
  '',
].join('\n');
