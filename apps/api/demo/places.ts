import type { Address } from '#domain/catalogue';
import type { Country } from './companies.ts';
import type { Random } from './random.ts';

type Some<Item> = readonly [Item, ...Item[]];

interface Region {
  readonly language: string;
  readonly cities: Some<readonly [city: string, postalCodeStart: string]>;
  readonly streets: Some<string>;
  /** Letters after the digits of a postal code. */
  readonly postalCode: (start: string, random: Random) => string;
  readonly numberFirst?: true;
  readonly buildings: Some<string>;
}

const plain = (digits: number) => (start: string, random: Random) =>
  `${start}${random.digits(digits - start.length)}`;

const REGIONS: Readonly<Record<Country, Region>> = {
  NL: {
    language: 'nl',
    cities: [
      ['Rotterdam', '30'],
      ['Utrecht', '35'],
      ['Eindhoven', '56'],
      ['Zwolle', '80'],
      ['Breda', '48'],
      ['Leeuwarden', '89'],
    ],
    streets: [
      'Marktstraat',
      'Havenkade',
      'Lindelaan',
      'Spoorsingel',
      'Molenweg',
      'Industrieweg',
      'Raadhuisplein',
      'Kerkplein',
      'Zeeweg',
      'Boulevard-Noord',
      'Stationsplein',
    ],
    postalCode: (start, random) =>
      `${start}${random.digits(2)} ${random.pick(['AB', 'CE', 'DK', 'GH', 'KL', 'PR', 'TX'])}`,
    buildings: ['Hoofdgebouw', 'Parkeergarage', 'Magazijn', 'Bijgebouw'],
  },
  BE: {
    language: 'nl',
    cities: [
      ['Gent', '9000'],
      ['Mechelen', '2800'],
      ['Leuven', '3000'],
      ['Hasselt', '3500'],
      ['Brugge', '8000'],
      ['Oostende', '8400'],
      ['Aalst', '9300'],
    ],
    streets: [
      'Stationsstraat',
      'Groenstraat',
      'Kapellestraat',
      'Vaartkom',
      'Nieuwe Steenweg',
      'Brusselsepoortstraat',
      'Zandstraat',
      'Korenmarkt',
      'Lindestraat',
    ],
    postalCode: plain(4),
    buildings: ['Hoofdgebouw', 'Magazijn', 'Bijgebouw'],
  },
  DE: {
    language: 'de',
    cities: [
      ['Freiburg im Breisgau', '791'],
      ['Karlsruhe', '761'],
      ['Ulm', '890'],
      ['Konstanz', '784'],
      ['Offenburg', '776'],
    ],
    streets: ['Bahnhofstraße', 'Am Stadtgarten', 'Mühlenweg', 'Lindenallee', 'Rheinstraße', 'Klosterplatz'],
    postalCode: plain(5),
    buildings: ['Haus A', 'Haus B', 'Bettenhaus', 'Küche', 'Technikzentrale'],
  },
  AT: {
    language: 'de',
    cities: [
      ['Innsbruck', '60'],
      ['Salzburg', '50'],
      ['Villach', '95'],
      ['Bregenz', '69'],
      ['Lienz', '99'],
    ],
    streets: ['Dorfstraße', 'Bundesstraße', 'Kirchgasse', 'Sonnenweg', 'Talstraße', 'Marktplatz'],
    postalCode: plain(4),
    buildings: ['Markt', 'Lager', 'Anbau'],
  },
  FR: {
    language: 'fr',
    cities: [
      ['Lyon', '690'],
      ['Grenoble', '380'],
      ['Annecy', '740'],
      ['Valence', '260'],
      ['Dijon', '210'],
    ],
    streets: [
      'rue des Tilleuls',
      'avenue de la Gare',
      'rue du Moulin',
      'boulevard des Arts',
      'chemin du Port',
    ],
    postalCode: plain(5),
    numberFirst: true,
    buildings: ['Bâtiment A', 'Bâtiment B', 'Entrepôt', 'Cuisine centrale'],
  },
  ES: {
    language: 'es',
    cities: [
      ['Málaga', '290'],
      ['Almería', '040'],
      ['Cádiz', '110'],
      ['Valencia', '460'],
    ],
    streets: ['Calle del Faro', 'Avenida del Mar', 'Calle Olivo', 'Paseo de la Ribera', 'Calle Mayor'],
    postalCode: plain(5),
    buildings: ['Edificio principal', 'Torre Norte', 'Spa', 'Cocinas'],
  },
  PT: {
    language: 'pt',
    cities: [
      ['Porto', '41'],
      ['Braga', '47'],
      ['Aveiro', '38'],
    ],
    streets: ['Rua do Carmo', 'Avenida da Liberdade', 'Rua das Flores', 'Largo do Mercado'],
    postalCode: (start, random) => `${start}${random.digits(2)}-${random.digits(3)}`,
    buildings: ['Edifício A', 'Armazém'],
  },
  DK: {
    language: 'da',
    cities: [
      ['Esbjerg', '67'],
      ['Kolding', '60'],
      ['Aarhus', '80'],
    ],
    streets: ['Havnegade', 'Strandvejen', 'Kongensgade', 'Industrivej'],
    postalCode: plain(4),
    buildings: ['Lagerhal 1', 'Lagerhal 2', 'Pakkeri'],
  },
  SE: {
    language: 'sv',
    cities: [
      ['Malmö', '21'],
      ['Lund', '22'],
      ['Helsingborg', '25'],
      ['Göteborg', '41'],
    ],
    streets: ['Storgatan', 'Hamngatan', 'Skolvägen', 'Järnvägsgatan', 'Parkgatan'],
    postalCode: (start, random) => `${start}${random.digits(1)} ${random.digits(2)}`,
    buildings: ['Hus A', 'Hus B', 'Lagret'],
  },
};

/** Somewhere that one could be. */
export interface Place {
  readonly address: Address;
  /** Where it is in a few words: city and street. */
  readonly whereabouts: string;
}

/** A plausible, invented address. */
export function inventPlace(country: Country, random: Random): Place {
  const { cities, streets, postalCode, numberFirst } = REGIONS[country];
  const [city, start] = random.pick(cities);
  const street = random.pick(streets);
  const number = random.between(1, 180);
  return {
    address: {
      street: numberFirst ? `${number} ${street}` : `${street} ${number}`,
      postalCode: postalCode(start, random),
      city,
      country,
    },
    whereabouts: `${city} ${street}`,
  };
}

/** As many different places. */
export function inventPlaces(country: Country, count: number, random: Random): readonly Place[] {
  const places = new Map<string, Place>();
  while (places.size < count) {
    const place = inventPlace(country, random);
    if (!places.has(place.whereabouts)) places.set(place.whereabouts, place);
  }
  return [...places.values()];
}

export function languageOf(country: Country): string {
  return REGIONS[country].language;
}

/** Names for `count` different buildings of one location, at most as many as are known for the country. */
export function buildingNames(country: Country, count: number): readonly string[] {
  return REGIONS[country].buildings.slice(0, count);
}
