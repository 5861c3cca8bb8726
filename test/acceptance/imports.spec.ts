// Whole catalogues from files: what is taken, what is refused row by row, and what a second time changes.
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Member } from './client.ts';
import { type Company, created, ok, until, type View, World } from './world.ts';

const HEADER =
  'customer_number,customer_name,vat_number,location_name,location_street,location_postal_code,location_city,' +
  'building,reference,customer_reference,serial_number,type,refrigerant,charge_kg,commissioned_on';

let world: World;
let keeper: Company;

beforeAll(async () => {
  world = await World.begin();
});

beforeEach(async () => {
  keeper = await world.company('service', 'Keeper');
});

afterAll(() => world.end());

const upload = (body: string, type = 'text/csv', member: Member = keeper.manager) =>
  member.upload('/v1/catalogue/imports', body, type);

/** The import once it has come to its end. */
async function imported(body: string, type?: string): Promise<View> {
  const answer = await upload(body, type);
  expect(answer.status).toBe(202);
  return finished(answer.body.id);
}

const finished = (id: string) =>
  until(
    () => ok(keeper.manager.get(`/v1/catalogue/imports/${id}`)),
    ({ status }) => status !== 'running',
  );

const row = (reference: string, changes: Readonly<Record<string, string>> = {}) => {
  const cells: Record<string, string> = {
    customer_name: 'Cool Foods',
    location_name: 'Cold store',
    location_street: 'Dock 4',
    location_city: 'Ghent',
    reference,
    ...changes,
  };
  return HEADER.split(',')
    .map((column) => cells[column] ?? '')
    .join(',');
};
const csv = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');

async function catalogue() {
  const names = async (path: string, field: string) => {
    const { items } = await ok(keeper.manager.get(`/v1/${path}?pageSize=200`));
    return items.map((item: View) => item[field]).sort();
  };
  return {
    customers: await names('customers', 'name'),
    locations: await names('locations', 'name'),
    buildings: await names('buildings', 'name'),
    installations: await names('installations', 'reference'),
  };
}

describe('a good file', () => {
  it('brings installations with what they stand in, each thing once', async () => {
    const file = csv(
      row('A-1', { vat_number: 'BE0999999999', building: 'Hall B', refrigerant: 'R410A', charge_kg: '2.5' }),
      row('A-2', { vat_number: 'BE 0999 999 999', customer_name: 'Cool Foods NV', building: 'Hall B' }),
      row('A-3', {
        location_name: 'Shop',
        location_street: 'Main 1',
        type: 'heat-pump',
        serial_number: 'SN-3',
      }),
      row('A-4', { customer_name: '"Baker, and Sons"', commissioned_on: '2020-02-29' }),
    );
    expect(await imported(file)).toMatchObject({
      status: 'completed',
      rows: 4,
      imported: 4,
      failed: 0,
      errors: [],
    });
    expect(await catalogue()).toEqual({
      customers: ['Baker, and Sons', 'Cool Foods'],
      locations: ['Cold store', 'Cold store', 'Shop'],
      buildings: ['Hall B'],
      installations: ['A-1', 'A-2', 'A-3', 'A-4'],
    });
    const { items } = await ok(keeper.manager.get('/v1/installations?q=A-1'));
    expect(items).toMatchObject([{ refrigerant: 'R410A', chargeKg: 2.5, co2eTonnes: 5.22 }]);
  });

  it('may have one JSON object a line instead', async () => {
    const lines = ['N-1', 'N-2'].map((reference) =>
      JSON.stringify({
        customer_name: 'Cool Foods',
        location_name: 'Cold store',
        location_street: 'Dock 4',
        location_city: 'Ghent',
        reference,
        charge_kg: 3,
      }),
    );
    const done = await imported(`${lines.join('\n')}\n`, 'application/x-ndjson');
    expect(done).toMatchObject({ status: 'completed', rows: 2, imported: 2 });
    expect((await catalogue()).installations).toEqual(['N-1', 'N-2']);
  });

  it('may have its columns in any order, and a byte order mark', async () => {
    const file =
      '\ufefflocation_city,reference,location_street,location_name,customer_name\nGhent,O-1,Dock,Store,Foods\n';
    expect(await imported(file)).toMatchObject({ status: 'completed', imported: 1 });
  });

  it('adds nothing the second time, nor under another name', async () => {
    const file = csv(row('T-1'), row('T-2', { building: 'Hall' }));
    const first = await imported(file);
    const before = await catalogue();
    const again = await upload(file);
    expect([again.status, again.body.id]).toEqual([202, first.id]);
    const reordered = await imported(csv(row('T-2', { building: 'Hall' }), row('T-1'), row('T-3')));
    expect(reordered).toMatchObject({ status: 'completed', failed: 0 });
    expect(await catalogue()).toEqual({ ...before, installations: ['T-1', 'T-2', 'T-3'] });
  });

  it('is added to what is there already, and changes nothing of it', async () => {
    const customer = await keeper.addCustomer({ name: 'Cool Foods', contact: 'Mrs Known' });
    await imported(csv(row('M-1')));
    expect((await catalogue()).customers).toEqual(['Cool Foods']);
    expect(await ok(keeper.manager.get(`/v1/customers/${customer}`))).toMatchObject({ contact: 'Mrs Known' });
    const { items } = await ok(keeper.manager.get('/v1/installations'));
    expect(items).toMatchObject([{ reference: 'M-1', customerId: customer }]);
  });
});

describe('a bad row', () => {
  it('is reported by its number, column and reason, and keeps no other row out', async () => {
    const file = csv(
      row('B-1'),
      row(''),
      row('B-3', { charge_kg: 'much', type: 'fridge', commissioned_on: '2021-02-29' }),
      'too,few,fields',
      row('B-5', { customer_name: '' }),
      row('B-6'),
    );
    const done = await imported(file);
    expect(done).toMatchObject({ status: 'completed', rows: 6, imported: 2, failed: 4 });
    expect(done.errors.map(({ row: number, column, code }: View) => [number, column, code])).toEqual([
      [3, 'reference', 'required'],
      [4, 'type', 'not-one-of'],
      [4, 'charge_kg', 'wrong-type'],
      [4, 'commissioned_on', 'not-a-date'],
      [5, '', 'wrong-number-of-fields'],
      [6, 'customer_name', 'required'],
    ]);
    for (const { detail } of done.errors) expect(detail).toMatch(/\.$/);
    expect((await catalogue()).installations).toEqual(['B-1', 'B-6']);
  });

  it('is reported as well where it is a line of JSON', async () => {
    const good = {
      customer_name: 'F',
      location_name: 'S',
      location_street: 'D',
      location_city: 'G',
      reference: 'J',
    };
    const lines = [
      JSON.stringify(good),
      '{"customer_name": ',
      '[]',
      JSON.stringify({ ...good, colour: 'blue' }),
    ];
    const done = await imported(lines.join('\n'), 'application/x-ndjson');
    expect(done).toMatchObject({ rows: 4, imported: 1, failed: 3 });
    expect(done.errors.map(({ row: number, column, code }: View) => [number, column, code])).toEqual([
      [2, '', 'malformed-json'],
      [3, '', 'malformed-json'],
      [4, 'colour', 'unknown-field'],
    ]);
  });
});

describe('a file that cannot be', () => {
  it('with columns unknown, missing or there twice is refused by their names', async () => {
    const { status, body } = await upload('customer_name,colour,reference,reference\na,b,c,d\n');
    expect([status, body.code]).toEqual([400, 'invalid-header']);
    expect(body.errors.map(({ pointer, code }: View) => [pointer, code]).sort()).toEqual([
      ['/colour', 'unknown-column'],
      ['/location_city', 'missing-column'],
      ['/location_name', 'missing-column'],
      ['/location_street', 'missing-column'],
      ['/reference', 'repeated-column'],
    ]);
  });

  it.each([
    ['an empty one', '', 400],
    ['one with a quote that never ends', `${HEADER}\n"never`, 400],
  ])('%s is refused', async (_, file, expected) => {
    expect((await upload(file)).status).toBe(expected);
    expect((await catalogue()).installations).toEqual([]);
  });

  it('in another format is not taken', async () => {
    expect((await upload('{}', 'application/json')).status).toBe(415);
  });
});

// A cluster's stores are servers for tests here, of which nobody asks speed.
const ROWS = process.env.STORIES === 'distributed' ? 1_200 : 12_000;

describe('a large file', () => {
  it(`of ${ROWS.toLocaleString('en')} rows is imported within seconds, while others are served`, async () => {
    const rows = Array.from({ length: ROWS }, (_, n) =>
      row(`L-${n}`, {
        customer_name: `Customer ${n % 400}`,
        location_name: `Location ${n % 1_200}`,
        location_street: `Street ${n % 1_200}`,
      }),
    );
    const progress = `/v1/catalogue/imports/${await created(upload(csv(...rows)))}`;
    await ok(keeper.manager.get(progress));
    let served = 0;
    const done = await until(
      async () => {
        await keeper.addCustomer({ name: 'Meanwhile' });
        // As far as the view has come: how soon it shows the customer, too, is up to the machine.
        const found = await ok(keeper.manager.request('GET', progress));
        if (found.status === 'running') served++;
        return found;
      },
      ({ status }) => status !== 'running',
    );
    expect(done).toMatchObject({ status: 'completed', rows: ROWS, imported: ROWS, failed: 0 });
    expect(served).toBeGreaterThan(0);
  });
});

describe('an upload that breaks off', () => {
  it('leaves nothing of it, and the same file may be sent again', async () => {
    const file = csv(...Array.from({ length: ROWS / 6 }, (_, n) => row(`X-${n}`)));
    await breakOff(file);
    expect((await catalogue()).installations).toEqual([]);
    expect(await imported(file)).toMatchObject({ status: 'completed', imported: ROWS / 6 });
  });

  /** Says how long the file is, sends half of it, and hangs up. */
  async function breakOff(file: string): Promise<void> {
    const signedIn = await world.anonymous.request('POST', '/dev/sign-in', {
      body: { account: keeper.id, roles: ['manager'] },
    });
    await new Promise<void>((resolve) => {
      const upload = request(new URL('/v1/catalogue/imports', world.url), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${signedIn.body.token}`,
          'content-type': 'text/csv',
          'content-length': Buffer.byteLength(file),
        },
      });
      upload.on('error', () => resolve());
      upload.write(file.slice(0, file.length / 2), () => upload.destroy(new Error('hung up')));
    });
  }
});
