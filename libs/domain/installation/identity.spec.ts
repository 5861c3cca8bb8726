import { describe, expect, it } from '@jest/globals';
import { identifyInstallation, type KeptInstallation } from './index.ts';

function machine(
  placement: Partial<KeptInstallation['placement']> = {},
  properties: KeptInstallation['properties'] = {},
): KeptInstallation {
  return { placement: { customerId: 'k', locationId: 'l', reference: 'AC-01', ...placement }, properties };
}

describe('identifying an installation (R-K4)', () => {
  it('is new when the customer has none with that reference', () => {
    const others = [
      machine({ customerId: 'other' }),
      machine({ reference: 'AC-1' }),
      machine({ reference: 'AC01' }),
    ];
    expect(identifyInstallation(machine(), others)).toStrictEqual({ kind: 'new' });
  });

  it('exists already when no given value differs', () => {
    const kept = machine(
      { buildingId: 'b', customerReference: 'K' },
      { brand: 'Daikin', serialNumber: 'S1' },
    );
    expect(identifyInstallation(machine({}, { brand: 'Daikin' }), [kept])).toStrictEqual({
      kind: 'unchanged',
      thing: kept,
    });
  });

  it('names the fields that differ, also a reference in another spelling', () => {
    const kept = machine({}, { brand: 'Daikin', serialNumber: 'S1', chargeKg: 1 });
    const said = machine(
      { reference: 'ac-01', buildingId: 'b' },
      { brand: 'Carrier', chargeKg: 1, model: 'M' },
    );
    expect(identifyInstallation(said, [kept])).toStrictEqual({
      kind: 'different',
      thing: kept,
      fields: ['reference', 'buildingId', 'brand', 'model'],
    });
  });

  it('does not compare an invalid serial number (R-K5)', () => {
    const kept = machine({}, { serialNumber: 'S1' });
    expect(identifyInstallation(machine({}, { serialNumber: 'n/a' }), [kept])).toMatchObject({
      kind: 'unchanged',
    });
  });

  it('is elsewhere when the customer has it at another location', () => {
    const kept = machine({ locationId: 'other' });
    expect(identifyInstallation(machine(), [kept])).toStrictEqual({ kind: 'elsewhere', thing: kept });
    const here = machine();
    expect(identifyInstallation(machine(), [kept, here])).toStrictEqual({ kind: 'unchanged', thing: here });
  });
});
