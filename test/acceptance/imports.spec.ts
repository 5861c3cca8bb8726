// Whole catalogues from files: what is imported, what is refused row by row, and what a repetition changes.
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Company, created, ok, until, type View, World } from './world.ts';

const HEADER =
  'customer_number,customer_name,vat_number,location_name,location_street,location_postal_code,location_city,' +
  'building,reference,customer_reference,serial_number,type,refrigerant,charge_kg,commissioned_on';

let world: World;
let company: Company;

beforeAll(async () => {
  world = await World.begin();
});

beforeEach(async () => {
  company = await world.company('service', 'Keeper');
});

afterAll(() => world.end());

const PATH = '/v1/catalogue/imports';
const upload = (body: string | Buffer, type = 'text/csv') => company.manager.upload(PATH, body, type);

/** The import once all of its rows are processed. */
async function imported(body: string, type = 'text/csv', query = ''): Promise<View> {
  const answer = await company.manager.upload(`${PATH}${query}`, body, type);
  expect(answer.status).toBe(202);
  const done = await finished(answer.body.id);
  expect(done.imported).toBe(done.created + done.updated + done.unchanged);
  expect(done.rows).toBe(done.imported + done.failed);
  return done;
}

/** A file of the required columns: the header, then a row in each line. */
const typed = (...lines: readonly string[]) =>
  ['customer_name,location_name,location_street,location_city,reference', ...lines].join('\n');
const toldOf = ({ errors }: View) => errors.map(({ row: number, code }: View) => [number, code]);

function finished(id: string): Promise<View> {
  return company.sees(
    () => ok(company.manager.get(`/v1/catalogue/imports/${id}`)),
    ({ status }) => status !== 'running',
  );
}

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
    const { items } = await ok(company.manager.get(`/v1/${path}?pageSize=200`));
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
  it('creates installations with their customers, locations and buildings, each once', async () => {
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
    const { items } = await ok(company.manager.get('/v1/installations?q=A-1'));
    expect(items).toMatchObject([{ refrigerant: 'R410A', chargeKg: 2.5, co2eTonnes: 5.22 }]);
  });

  it('may have one JSON object per line instead', async () => {
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

  it('adds nothing when repeated, also under another name', async () => {
    const file = csv(row('T-1'), row('T-2', { building: 'Hall' }));
    await imported(file);
    const before = await catalogue();
    expect(await imported(file)).toMatchObject({ status: 'completed', created: 0, unchanged: 2 });
    expect(await catalogue()).toEqual(before);
    const reordered = await imported(csv(row('T-2', { building: 'Hall' }), row('T-1'), row('T-3')));
    expect(reordered).toMatchObject({ status: 'completed', failed: 0 });
    expect(await catalogue()).toEqual({ ...before, installations: ['T-1', 'T-2', 'T-3'] });
  });

  it('adds to existing objects without changing them', async () => {
    const customer = await company.addCustomer({ name: 'Cool Foods', contact: 'Mrs Known' });
    await imported(csv(row('M-1')));
    expect((await catalogue()).customers).toEqual(['Cool Foods']);
    expect(await ok(company.manager.get(`/v1/customers/${customer}`))).toMatchObject({
      contact: 'Mrs Known',
    });
    const { items } = await ok(company.manager.get('/v1/installations'));
    expect(items).toMatchObject([{ reference: 'M-1', customerId: customer }]);
  });
});

describe('a file as spreadsheets write it', () => {
  const columns = 'Customer_Name;LOCATION_NAME;location_street;location_city;reference;charge_kg;;';

  it('may have semicolons, any line endings, and empty cells at the right and below', async () => {
    const lines = [
      'Cool Foods;Shop;Main 1;Ghent;P-1;2,5;;',
      'Cool Foods;Shop;Main 1;Ghent;P-2',
      ';;;;;;;',
      '',
    ];
    const file = `\ufeff${columns}\r\n${lines[0]}\n${lines[1]}\r${lines[2]}\r\n${lines[3]}`;
    expect(await imported(file, 'Text/CSV; charset=UTF-8')).toMatchObject({ rows: 2, created: 2, failed: 0 });
    const { items } = await ok(company.manager.get('/v1/installations?q=P-1'));
    expect(items).toMatchObject([{ reference: 'P-1', chargeKg: 2.5 }]);
  });

  it.each(['Windows-1252', 'UTF-16'])(
    'is refused in %s, with the name of the encoding and what to do',
    async (encoding) => {
      const text = typed('Café,Shop,Main 1,Ghent,P-1');
      const body = Buffer.from(text, encoding === 'UTF-16' ? 'utf16le' : 'latin1');
      const answer = await upload(body);
      expect([answer.status, answer.body.code]).toEqual([400, 'not-utf-8']);
      expect(answer.body.detail).toMatch(new RegExp(`${encoding}.*Save it as “CSV UTF-8”`));
    },
  );
});

describe('a row about an existing object', () => {
  it('R-K4 is added beside the same reference at another customer', async () => {
    const file = typed('Alfa,Noord,Weg 1,Ede,AC-01', 'Beta,Zuid,Laan 2,Gent,AC-01');
    expect(await imported(file)).toMatchObject({ created: 2 });
    expect(await catalogue()).toMatchObject({
      customers: ['Alfa', 'Beta'],
      installations: ['AC-01', 'AC-01'],
    });
  });

  it('R-K2 is added at another location in another town', async () => {
    const file = typed('Alfa,Kerk,Kerkstraat 1,Gent,K-1', 'Alfa,Kerk,Kerkstraat 1,Brugge,K-2');
    expect(await imported(file)).toMatchObject({ created: 2 });
    expect((await catalogue()).locations).toEqual(['Kerk', 'Kerk']);
  });

  it('R-K3 is added in a building of exactly that name', async () => {
    const header = 'customer_name,location_name,location_street,location_city,reference,building';
    const place = 'Alfa,Kerk,Kerkstraat 1,Gent';
    const floors = ['Niveau 1', 'Niveau -1', ' niveau  1 '].map((name, n) => `${place},K-${n},${name}`);
    expect(await imported([header, ...floors].join('\n'))).toMatchObject({ created: 3 });
    expect((await catalogue()).buildings).toEqual(['Niveau -1', 'Niveau 1']);
  });

  it('R-K5 creates its own customer where the VAT number is a placeholder', async () => {
    const numberless = ['Alfa', 'Beta'].map((customer_name, n) =>
      row(`V-${n}`, { customer_name, vat_number: '-', location_street: `Dock ${n}` }),
    );
    expect(await imported(csv(...numberless))).toMatchObject({ created: 2 });
    const { items } = await ok(company.manager.get('/v1/customers'));
    expect(items.map(({ name, vatNumber }: View) => [name, vatNumber]).sort()).toEqual([
      ['Alfa', undefined],
      ['Beta', undefined],
    ]);
  });

  it('R-K1 belongs to the customer that has the VAT number now, not to a former one', async () => {
    const [wrong, right] = ['BE0111222333', 'BE0444555666'];
    await imported(csv(row('V-1', { customer_name: 'Alfa', vat_number: wrong })));
    const [{ id }] = (await ok(company.manager.get('/v1/customers'))).items;
    await ok(company.manager.patch(`/v1/customers/${id}`, { vatNumber: right }));
    const owner = { customer_name: 'Beta', vat_number: wrong, location_street: 'Dock 5' };
    expect(await imported(csv(row('V-2', owner)))).toMatchObject({ created: 1 });
    const { items } = await ok(company.manager.get('/v1/customers'));
    expect(items.map(({ name, vatNumber }: View) => [name, vatNumber]).sort()).toEqual([
      ['Alfa', right],
      ['Beta', wrong],
    ]);
  });

  it('R-K4 is added beside a shared installation of the same reference at another customer, and is the same at that one', async () => {
    const giver = await world.company('service', 'Giver');
    const site = await giver.addLocation(await giver.addCustomer());
    const machine = await giver.addInstallation({ locationId: site, reference: 'AC-01' });
    const connection = await world.connect(giver, company);
    const approval = { level: 'installation', selection: [machine], accessType: 'subcontractor' } as const;
    const share = await world.give(giver, company, connection, approval);
    const address = { street: 'Weg 1', city: 'Ede' };
    const customer = await company.addCustomer({ name: 'Alfa' });
    await company.take(share, await company.addLocation(customer, { name: 'Noord', address }));

    const file = typed('Alfa,Noord,Weg 1,Ede,AC-01', 'Beta,Zuid,Laan 2,Gent,AC-01');
    expect(await imported(file)).toMatchObject({ created: 1, unchanged: 1, failed: 0 });
    expect(await catalogue()).toMatchObject({
      customers: ['Alfa', 'Beta'],
      installations: ['AC-01', 'AC-01'],
    });
  });

  it('is registered when the installation of that reference has another one by now', async () => {
    await imported(typed('Alfa,Noord,Weg 1,Ede,K-1'));
    const { items } = await ok(company.manager.get('/v1/installations'));
    await ok(company.manager.patch(`/v1/installations/${items[0].id}`, { reference: 'K-1-old' }));
    expect(await imported(typed('Alfa,Noord,Weg 1,Ede,K-1'))).toMatchObject({ created: 1 });
    expect((await catalogue()).installations).toEqual(['K-1', 'K-1-old']);
  });

  it('R-K4 is an error that names the difference, or updates the installation where requested', async () => {
    await imported(csv(row('R1', { serial_number: 'SN-1' }), row('R2')));
    const other = csv(
      row('R1', { serial_number: 'SN-2', charge_kg: '3' }),
      row('R2', { location_name: 'Shop', location_street: 'Main 1' }),
      row('R3', { serial_number: 'SN-3' }),
      row('R3', { serial_number: 'SN-4' }),
    );
    const kept = await imported(other);
    expect(toldOf(kept)).toEqual([
      [2, 'already-there'],
      [3, 'reference-elsewhere'],
      [5, 'repeated-row'],
    ]);
    expect(kept).toMatchObject({ rows: 4, created: 1, failed: 3 });
    expect(kept.errors[0].detail).toContain('serial_number, charge_kg differ');
    expect(kept.errors[1].detail).toContain('“Cold store” (Dock 4, Ghent)');

    const taken = await imported(other, 'text/csv', '?existing=update');
    expect(taken).toMatchObject({ rows: 4, updated: 1, unchanged: 1, failed: 2 });
    const { items } = await ok(company.manager.get('/v1/installations?q=R1'));
    expect(items).toMatchObject([{ serialNumber: 'SN-2', chargeKg: 3 }]);
  });
});

describe('a dry run', () => {
  const FILLED: Readonly<Record<string, number>> = {
    ...{ customer_name: 5, location_name: 5, location_street: 5, location_city: 5 },
    ...{ reference: 4, charge_kg: 2 },
  };

  it('reports all that the import would report, and stores nothing', async () => {
    await imported(csv(row('D-1'), row('D-2')));
    const before = await catalogue();
    const file = csv(
      row('D-1', { charge_kg: '2' }),
      row('D-2'),
      row('D-3'),
      row('D-3', { charge_kg: '3' }),
      row(''),
    );
    const dry = await company.manager.upload(`${PATH}?dryRun=true`, file, 'text/csv');
    expect(dry.status).toBe(200);
    expect(await catalogue()).toEqual(before);
    const { rows, created, updated, unchanged, failed, errors } = await imported(file);
    expect(dry.body).toEqual({
      ...{ rows, created, updated, unchanged, failed, errors },
      imported: created + updated + unchanged,
      columns: HEADER.split(',').map((name) => ({ name, filled: FILLED[name] ?? 0 })),
    });
    expect([rows, created, unchanged, failed]).toEqual([5, 1, 1, 3]);
  });
});

describe('the rows that failed', () => {
  it('are given as a file that can be corrected and imported again', async () => {
    const file =
      'reference;customer_name;location_name;location_street;location_city;charge_kg;building\n' +
      'F-1;Foods;Shop;Main 1;Ghent;2,5;-1\n' +
      '=F-2;Foods;Shop;Main 1;Ghent;much;-1\n' +
      'F-3;Foods;Shop;Main 1;Ghent;1;;;more\n' +
      'F-1;Foods;Shop;Main 1;Ghent;3,5;-1\n';
    const { id, failed } = await imported(file);
    expect(failed).toBe(3);
    const answer = await company.manager.get(`${PATH}/${id}/errors`);
    const text: string = answer.body.text;
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(text.split('\r\n')).toEqual([
      'error;reference;customer_name;location_name;location_street;location_city;charge_kg;building',
      "Row 3: charge_kg must be a number.;'=F-2;Foods;Shop;Main 1;Ghent;much;'-1",
      'Row 4: The row has 9 fields where the header has 7.;F-3;Foods;Shop;Main 1;Ghent;1;;;more',
      'Row 5: reference: Row 2 has the same reference at the same customer, but different values.;' +
        "F-1;Foods;Shop;Main 1;Ghent;3,5;'-1",
      '',
    ]);
    const fixed = text.replace('much', '0,5').replace(';;;more', ';').replace('F-1', 'F-4');
    expect(await imported(fixed)).toMatchObject({ rows: 3, created: 3 });
    expect((await catalogue()).installations).toEqual(['=F-2', 'F-1', 'F-3', 'F-4']);
    expect((await catalogue()).buildings).toEqual(['-1']);
  });
});

describe('an import under a key', () => {
  it('repeated gives the first answer, and is refused with another file', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const file = csv(row('I-1'));
    const first = await company.manager.upload(PATH, file, 'text/csv', key);
    const again = await company.manager.upload(PATH, file, 'text/csv', key);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    for (const name of ['etag', 'consistency-token']) {
      expect(again.headers.get(name)).toMatch(/./);
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    }
    const other = await company.manager.upload(PATH, csv(row('I-2')), 'text/csv', key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    await finished(first.body.id);
    expect((await catalogue()).installations).toEqual(['I-1']);
  });
});

describe('a bad row', () => {
  it('is reported by its number, column and reason, and does not stop other rows', async () => {
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

  it('is reported for JSON lines too', async () => {
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

describe('an invalid file', () => {
  it('with unknown, missing or repeated columns is refused with their names', async () => {
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

  it('in another format is refused', async () => {
    expect((await upload('{}', 'application/json')).status).toBe(415);
  });
});

// A cluster uses test servers, which are slower.
const ROWS = process.env.STORIES === 'distributed' ? 600 : 12_000;

describe('a large file', () => {
  it(`of ${ROWS.toLocaleString('en')} rows is imported while other requests are served`, async () => {
    const servedMeanwhile = async (file: number): Promise<number> => {
      const rows = Array.from({ length: ROWS }, (_, n) =>
        row(`L-${file}-${n}`, {
          customer_name: `Customer ${n % 400}`,
          location_name: `Location ${n % 1_200}`,
          location_street: `Street ${n % 1_200}`,
        }),
      );
      const progress = `/v1/catalogue/imports/${await created(upload(csv(...rows)))}`;
      await ok(company.manager.get(progress));
      let served = 0;
      const done = await until(
        async () => {
          await company.addCustomer({ name: 'Meanwhile' });
          // Without waiting for the view: when it shows the customer depends on the machine.
          const found = await ok(company.manager.request('GET', progress));
          if (found.status === 'running') served++;
          return found;
        },
        ({ status }) => status !== 'running',
      );
      expect(done).toMatchObject({ status: 'completed', rows: ROWS, imported: ROWS, failed: 0 });
      return served;
    };
    // Once more where all of it was done before the first request was sent.
    for (let file = 1; (await servedMeanwhile(file)) === 0; ) file += 1;
  });
});

describe('an interrupted upload', () => {
  it('stores nothing, and the same file may be sent again', async () => {
    const file = csv(...Array.from({ length: ROWS / 6 }, (_, n) => row(`X-${n}`)));
    await breakOff(file);
    expect((await catalogue()).installations).toEqual([]);
    expect(await imported(file)).toMatchObject({ status: 'completed', imported: ROWS / 6 });
  });

  /** Announces the length of the file, sends half of it, and disconnects. */
  async function breakOff(file: string): Promise<void> {
    const signedIn = await world.anonymous.request('POST', '/dev/sign-in', {
      body: { account: company.id, roles: ['manager'] },
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
