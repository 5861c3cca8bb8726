import { describe, expect, it } from '@jest/globals';
import { co2eTonnes, globalWarmingPotential } from './refrigerants.ts';

describe('global warming potentials', () => {
  it.each([
    ['R-22', 1810],
    ['R-32', 675],
    ['R-134a', 1430],
    ['R-290', 3],
    ['R-717', 0],
    ['R-744', 1],
    ['R-1234yf', 4],
    ['R-401A', 1182],
    ['R-402A', 2788],
    ['R-404A', 3922],
    ['R-407A', 2107],
    ['R-407C', 1774],
    ['R-407F', 1825],
    ['R-408A', 3152],
    ['R-409A', 1585],
    ['R-410A', 2088],
    ['R-413A', 2053],
    ['R-417A', 2346],
    ['R-422D', 2729],
    ['R-427A', 2138],
    ['R-438A', 2265],
    ['R-442A', 1888],
    ['R-448A', 1387],
    ['R-449A', 1397],
    ['R-452A', 2140],
    ['R-454B', 466],
    ['R-454C', 148],
    ['R-455A', 148],
    ['R-507A', 3985],
    ['R-508B', 13396],
    ['R-513A', 631],
  ])('%s has the published %d', (refrigerant, published) => {
    expect(globalWarmingPotential(refrigerant)).toBe(published);
  });

  it.each(['R-410A', 'R410A', 'r410a', ' R 410 A ', '410A'])('reads %j as R-410A', (name) => {
    expect(globalWarmingPotential(name)).toBe(2088);
  });

  it.each([
    ['HFC-134a', 1430],
    ['HCFC-22', 1810],
    ['HFO-1234ze(E)', 7],
    ['R1234ze', 7],
    ['CO2', 1],
    ['NH3', 0],
  ])('reads %s', (name, potential) => {
    expect(globalWarmingPotential(name)).toBe(potential);
  });
});

describe('co2eTonnes', () => {
  it('is the charge times its potential, in tonnes', () => {
    expect(co2eTonnes('R-410A', 10)).toBe(20.88);
    expect(co2eTonnes('R-717', 500)).toBe(0);
  });

  it('is rounded to the kilogram', () => {
    expect(co2eTonnes('R-410A', 1.54)).toBe(3.216);
    expect(co2eTonnes('R-134a', 2.248)).toBe(3.215);
    expect(co2eTonnes('R-32', 0.1)).toBe(0.068);
  });

  it.each([
    ['an unknown refrigerant', 'snow', 10],
    ['no refrigerant', undefined, 10],
    ['no charge', 'R-410A', undefined],
  ])('is unknown for %s', (_, refrigerant, chargeKg) => {
    expect(co2eTonnes(refrigerant, chargeKg)).toBeUndefined();
  });
});
