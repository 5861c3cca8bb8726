/** Global warming potential of each substance: IPCC AR4 over 100 years, as in Regulation (EU) No 517/2014. */
const SUBSTANCES = {
  '11': 4750,
  '12': 10900,
  '13': 14400,
  '14': 7390,
  '22': 1810,
  '23': 14800,
  '32': 675,
  '41': 92,
  '113': 6130,
  '114': 10000,
  '115': 7370,
  '116': 12200,
  '123': 77,
  '124': 609,
  '125': 3500,
  '134': 1100,
  '134A': 1430,
  '141B': 725,
  '142B': 2310,
  '143A': 4470,
  '152A': 124,
  '161': 12,
  '170': 6,
  '218': 8830,
  '227EA': 3220,
  '236EA': 1370,
  '236FA': 9810,
  '245CA': 693,
  '245FA': 1030,
  '290': 3,
  '365MFC': 794,
  '600': 4,
  '600A': 3,
  '601': 5,
  '601A': 5,
  '717': 0,
  '718': 0,
  '744': 1,
  '1150': 4,
  '1233ZD': 4.5,
  '1234YF': 4,
  '1234ZE': 7,
  '1270': 2,
  '1336MZZ': 9,
} as const;

type Substance = keyof typeof SUBSTANCES;
type Composition = Readonly<Partial<Record<Substance, number>>>;

/** Percentages by mass of each blend (ASHRAE 34). */
const BLENDS: Readonly<Record<string, Composition>> = {
  '401A': { '22': 53, '152A': 13, '124': 34 },
  '402A': { '125': 60, '290': 2, '22': 38 },
  '402B': { '125': 38, '290': 2, '22': 60 },
  '404A': { '125': 44, '143A': 52, '134A': 4 },
  '407A': { '32': 20, '125': 40, '134A': 40 },
  '407B': { '32': 10, '125': 70, '134A': 20 },
  '407C': { '32': 23, '125': 25, '134A': 52 },
  '407D': { '32': 15, '125': 15, '134A': 70 },
  '407E': { '32': 25, '125': 15, '134A': 60 },
  '407F': { '32': 30, '125': 30, '134A': 40 },
  '407H': { '32': 32.5, '125': 15, '134A': 52.5 },
  '408A': { '125': 7, '143A': 46, '22': 47 },
  '409A': { '22': 60, '124': 25, '142B': 15 },
  '410A': { '32': 50, '125': 50 },
  '410B': { '32': 45, '125': 55 },
  '413A': { '218': 9, '134A': 88, '600A': 3 },
  '416A': { '134A': 59, '124': 39.5, '600': 1.5 },
  '417A': { '125': 46.6, '134A': 50, '600': 3.4 },
  '421A': { '125': 58, '134A': 42 },
  '422A': { '125': 85.1, '134A': 11.5, '600A': 3.4 },
  '422B': { '125': 55, '134A': 42, '600A': 3 },
  '422C': { '125': 82, '134A': 15, '600A': 3 },
  '422D': { '125': 65.1, '134A': 31.5, '600A': 3.4 },
  '424A': { '125': 50.5, '134A': 47, '600A': 0.9, '600': 1, '601A': 0.6 },
  '426A': { '125': 5.1, '134A': 93, '600': 1.3, '601A': 0.6 },
  '427A': { '32': 15, '125': 25, '143A': 10, '134A': 50 },
  '428A': { '125': 77.5, '143A': 20, '290': 0.6, '600A': 1.9 },
  '434A': { '125': 63.2, '143A': 18, '134A': 16, '600A': 2.8 },
  '437A': { '125': 19.5, '134A': 78.5, '600': 1.4, '601': 0.6 },
  '438A': { '32': 8.5, '125': 45, '134A': 44.2, '600': 1.7, '601A': 0.6 },
  '442A': { '32': 31, '125': 31, '134A': 30, '152A': 3, '227EA': 5 },
  '448A': { '32': 26, '125': 26, '1234YF': 20, '134A': 21, '1234ZE': 7 },
  '449A': { '32': 24.3, '125': 24.7, '1234YF': 25.3, '134A': 25.7 },
  '450A': { '134A': 42, '1234ZE': 58 },
  '452A': { '32': 11, '125': 59, '1234YF': 30 },
  '452B': { '32': 67, '125': 7, '1234YF': 26 },
  '453A': { '32': 20, '125': 20, '134A': 53.8, '227EA': 5, '600': 0.6, '601A': 0.6 },
  '454A': { '32': 35, '1234YF': 65 },
  '454B': { '32': 68.9, '1234YF': 31.1 },
  '454C': { '32': 21.5, '1234YF': 78.5 },
  '455A': { '744': 3, '32': 21.5, '1234YF': 75.5 },
  '500': { '12': 73.8, '152A': 26.2 },
  '502': { '22': 48.8, '115': 51.2 },
  '507A': { '125': 50, '143A': 50 },
  '508A': { '23': 39, '116': 61 },
  '508B': { '23': 46, '116': 54 },
  '513A': { '1234YF': 56, '134A': 44 },
  '513B': { '1234YF': 58.5, '134A': 41.5 },
  '515B': { '1234ZE': 91.1, '227EA': 8.9 },
};

const FORMULAS: Readonly<Record<string, string>> = { CO2: '744', NH3: '717', H2O: '718' };

/** `R-410A`, `r410a`, `HFC-134a`, `R-1234ze(E)` and `CO2` by their bare designation. */
function designation(name: string): string {
  const bare = name
    .toUpperCase()
    .replace(/\([EZ]\)/, '')
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^(?:R|HFC|HFO|HCFC|CFC|PFC|FC|HC)(?=\d)/, '');
  return FORMULAS[bare] ?? bare;
}

/** The blend's potential, rounded as it is published. */
function blended(composition: Composition): number {
  const parts = Object.entries(composition) as [Substance, number][];
  const weighted = parts.reduce((sum, [part, percentage]) => sum + SUBSTANCES[part] * percentage, 0);
  return Math.round(weighted / 100);
}

const POTENTIALS: ReadonlyMap<string, number> = new Map<string, number>([
  ...Object.entries(SUBSTANCES),
  ...Object.entries(BLENDS).map(([name, composition]) => [name, blended(composition)] as const),
]);

/** The refrigerant's global warming potential (AR4, 100 years), or `undefined` where it is not known. */
export function globalWarmingPotential(refrigerant: string): number | undefined {
  return POTENTIALS.get(designation(refrigerant));
}

/**
 * Tonnes of CO2 equivalent of a charge in kilograms: charge × GWP / 1,000, to the kilogram; `undefined` where either is
 * unknown.
 */
export function co2eTonnes(
  refrigerant: string | undefined,
  chargeKg: number | undefined,
): number | undefined {
  if (refrigerant === undefined || chargeKg === undefined) return undefined;
  const potential = globalWarmingPotential(refrigerant);
  return potential === undefined ? undefined : Math.round(chargeKg * potential) / 1000;
}
