// Malformed and unusual requests: each is refused with a named error, and changes nothing.
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Company, ok, until, type View, World } from './world.ts';

let world: World;
let company: Company;

beforeAll(async () => {
  world = await World.begin();
  company = await world.company('service', 'Frigo North');
});

afterAll(() => world.end());

const CUSTOMER = '{"name":"Cool Foods","address":{"street":"Dock 1","city":"Ghent"}}';
const JSON_TYPE = 'application/json';

interface Raw {
  readonly method?: string;
  readonly path?: string;
  /** Header lines that replace those of a proper request. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: View;
}

/** Sends the bytes unchanged; returns what is received until the connection closes. */
async function sendBytes(bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(world.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const [head, ...body] = (await text(socket)).split('\r\n\r\n') as [string, ...string[]];
  const [statusLine, ...lines] = head.split('\r\n') as [string, ...string[]];
  const headers = new Map(
    lines.map((line) => {
      const [name, ...value] = line.split(': ') as [string, ...string[]];
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: JSON.parse(body.join('') || '{}') };
}

function sendRaw({
  method = 'POST',
  path = '/v1/customers',
  headers = [],
  body = '',
}: Raw): Promise<RawAnswer> {
  const bytes = Buffer.from(body);
  const given = headers.map((line) => line.toLowerCase());
  const add = (line: string) =>
    given.some((is) => is.startsWith(line.split(' ', 1)[0] as string)) ? [] : [line];
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: tessera.example',
    ...add(`authorization: Bearer ${company.manager.token}`),
    ...add(`content-type: ${JSON_TYPE}`),
    ...add(`content-length: ${bytes.length}`),
    'connection: close',
    ...headers,
  ];
  return sendBytes(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]));
}

describe('a body', () => {
  it.each<[string, string, Raw]>([
    ['400 not-utf-8', 'in Latin-1', { body: Buffer.from(CUSTOMER.replace('Cool', 'Café'), 'latin1') }],
    ['400 malformed-request', 'in UTF-16', { body: Buffer.from(CUSTOMER, 'utf16le') }],
    [
      '400 not-utf-8',
      'with half a surrogate pair in its bytes',
      { body: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]) },
    ],
    [
      '400 invalid-command',
      'with half a surrogate pair in a string',
      { body: CUSTOMER.replace('Cool', '\\ud83d') },
    ],
    ['400 invalid-command', 'with a NUL in a string', { body: CUSTOMER.replace('Cool', '\\u0000') }],
    [
      '400 invalid-command',
      'with a number beyond the range of doubles',
      { body: CUSTOMER.replace('"Cool Foods"', '1e999') },
    ],
    [
      '400 invalid-command',
      'with a member named as a property of every object',
      { body: CUSTOMER.replace('{', '{"toString":1,') },
    ],
    [
      '400 malformed-request',
      'with a member __proto__',
      { body: CUSTOMER.replace('{', '{"__proto__":{"x":1},') },
    ],
    [
      '400 malformed-request',
      'with a member constructor.prototype',
      { body: CUSTOMER.replace('{', '{"constructor":{"prototype":{}},') },
    ],
    ['400 malformed-request', 'of brackets', { body: '['.repeat(50_000) + ']'.repeat(50_000) }],
    ['400 malformed-request', 'with characters after its end', { body: `${CUSTOMER}}` }],
    ['400 malformed-request', 'of spaces', { body: '   ' }],
    ['400 malformed-request', 'that is false', { body: 'false' }],
    [
      '415 unsupported-media-type',
      'in another charset',
      { headers: ['content-type: application/json; charset=iso-8859-1'] },
    ],
    ['415 unsupported-media-type', 'that is compressed', { headers: ['content-encoding: gzip'] }],
    [
      '415 unsupported-media-type',
      'that is a compressed file',
      { path: '/v1/catalogue/imports', headers: ['content-type: text/csv', 'content-encoding: gzip'] },
    ],
    ['415 unsupported-media-type', 'of text', { headers: ['content-type: text/plain'] }],
    ['415 unsupported-media-type', 'of a file, on a route for JSON', { headers: ['content-type: text/csv'] }],
    ['415 unsupported-media-type', 'of JSON, on a route for files', { path: '/v1/catalogue/imports' }],
    ['415 unsupported-media-type', 'of no type', { headers: ['content-type:'] }],
    [
      '415 unsupported-media-type',
      'of two types',
      { headers: ['content-type: application/json', 'content-type: text/csv'] },
    ],
    ['413 too-large', 'whose Content-Length is too large', { headers: ['content-length: 99999999'] }],
  ])('is answered %s when it is %s', async (expected, _, request) => {
    const { status, headers, body } = await sendRaw({ body: CUSTOMER, ...request });
    expect(`${status} ${body.code}`).toBe(expected);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it.each<[string, Raw]>([
    ['begins with a byte order mark', { body: `\ufeff${CUSTOMER}` }],
    ['has its type in capitals', { headers: ['content-type: Application/JSON; Charset="UTF-8"'] }],
    ['has the content encoding identity', { headers: ['content-encoding: Identity'] }],
  ])('is accepted when it %s', async (_, request) => {
    expect((await sendRaw({ body: CUSTOMER, ...request })).status).toBe(201);
  });

  it('of a file has its type in any case', async () => {
    const body = 'customer_name,location_name,location_street,location_city,reference\nA,B,C,D,E\n';
    const headers = ['content-type: Text/CSV'];
    const { body: started } = await sendRaw({ path: '/v1/catalogue/imports', headers, body });
    const done = await until(
      async () => ok(company.manager.get(`/v1/catalogue/imports/${started.id}`)),
      ({ status }: View) => status !== 'running',
    );
    expect(done).toMatchObject({ status: 'completed', imported: 1 });
  });
});

describe('a path', () => {
  it.each([
    ['DELETE', '/v1/customers', 'GET, HEAD, POST'],
    ['OPTIONS', '/v1/customers?q=x', 'GET, HEAD, POST'],
    ['PUT', `/v1/customers/${crypto.randomUUID()}`, 'GET, HEAD, PATCH'],
    ['GET', `/v1/shares/${crypto.randomUUID()}/approve`, 'POST'],
    ['POST', '/health/live', 'GET, HEAD'],
    ['POST', '/docs', 'GET, HEAD'],
  ])('that exists with other methods than %s %s is answered 405 with Allow', async (method, path, allow) => {
    const { status, headers, body } = await sendRaw({ method, path });
    expect([status, body.code, headers.get('allow')]).toEqual([405, 'method-not-allowed', allow]);
  });

  it.each([
    '/v1/customers/',
    '//v1/customers',
    '/V1/customers',
    '/v1/customers;q=x',
    '/v1/customers/a%2Fb',
    `/v1/customers/${'a'.repeat(5_000)}`,
    '/v1/customers/%00',
    '/',
    '*',
    '*v1/customers',
    '*ttp://x/v1/customers',
  ])('%s is not found', async (path) => {
    expect((await sendRaw({ method: 'GET', path })).status).toBe(404);
  });

  it('that cannot be decoded is malformed', async () => {
    expect(await sendRaw({ method: 'GET', path: '/v1/customers/%ff' })).toMatchObject({
      status: 400,
      body: { code: 'malformed-request' },
    });
  });

  it('has ids in any case', async () => {
    const { body } = await company.manager.post('/v1/customers', JSON.parse(CUSTOMER));
    const found = await ok(company.manager.get(`/v1/customers/${body.id.toUpperCase()}`));
    expect(found.id).toBe(body.id);
  });
});

describe('a query', () => {
  it.each([
    ['/v1/customers?q=a&q=b', '/q repeated-parameter'],
    ['/v1/customers?pageSize=1e2', '/pageSize invalid-parameter'],
    ['/v1/customers?pageSize=0x10', '/pageSize invalid-parameter'],
    ['/v1/customers?pageSize=%2B5', '/pageSize invalid-parameter'],
    ['/v1/customers?pageSize=-1', '/pageSize invalid-parameter'],
    ['/v1/customers?pageSize=99999999999999999999', '/pageSize invalid-parameter'],
    ['/v1/customers?pageSize=', '/pageSize invalid-parameter'],
    ['/v1/customers?__proto__=1', '/__proto__ unknown-parameter'],
    ['/v1/customers?q[]=1', '/q[] unknown-parameter'],
    ['/v1/customers?q=%00', '/q invalid-parameter'],
    ['/v1/customers?q=%ff', ' not-utf-8'],
    ['/v1/customers?q=%ED%A0%80', ' not-utf-8'],
    ['/v1/customers?q=%', ' not-utf-8'],
    ['/v1/accounts/me?verbose=true', '/verbose unknown-parameter'],
    ['/v1/audit/access?installation=x&at=2026-02-30T00:00:00Z', '/at invalid-parameter'],
    ['/v1/audit/access', '/installation required'],
    ['/v1/audit/access?account=x&at=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z', '/at invalid-parameter'],
    ['/v1/audit/access?account=x&from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z', '/to invalid-parameter'],
    ['/v1/audit/access?account=x&direction=up', '/direction invalid-parameter'],
    ['/v1/audit/shares/x?asOf=2026-02-30T00:00:00Z', '/asOf invalid-parameter'],
  ])('%s is refused: %s', async (path, fault) => {
    const { status, body } = await sendRaw({ method: 'GET', path });
    expect([status, body.code]).toEqual([400, 'invalid-query']);
    expect(body.errors.map(({ pointer, code }: View) => `${pointer} ${code}`)).toEqual([fault]);
  });

  it('of a write is refused rather than ignored', async () => {
    const { status, body } = await sendRaw({ path: '/v1/customers?colour=blue', body: CUSTOMER });
    expect([status, body.code]).toEqual([400, 'invalid-query']);
  });
});

describe('a header', () => {
  it.each<[string, string, readonly string[]]>([
    ['400 invalid-host', 'two hosts', ['host: other.example']],
    ['401 not-signed-in', 'two tokens', ['authorization: Bearer x', 'authorization: Bearer y']],
    ['401 not-signed-in', 'a password', ['authorization: Basic eDp5']],
    [
      '400 invalid-idempotency-key',
      'two keys',
      [
        'idempotency-key: 01a223d3-88fd-7a8a-9b1a-0000000000aa',
        'idempotency-key: 01a223d3-88fd-7a8a-9b1a-0000000000ab',
      ],
    ],
    ['400 invalid-idempotency-key', 'an empty key', ['idempotency-key:']],
    ['400 invalid-if-match', 'two revisions', ['if-match: "1"', 'if-match: "2"']],
    ['417 expectation-failed', 'an expectation', ['expect: the-best']],
  ])('is answered %s when it is %s', async (expected, _, headers) => {
    const answer = await sendRaw({ headers, body: CUSTOMER });
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('the development clock', () => {
  it('stays where it is when it would leave the range of dates', async () => {
    const clock = async () => Date.parse((await sendRaw({ method: 'GET', path: '/dev/clock' })).body.now);
    const before = await clock();
    for (const days of ['99999999', '9'.repeat(25), '9'.repeat(400)]) {
      const { status, body } = await sendRaw({ path: '/dev/clock', body: `{"advance":"P${days}D"}` });
      expect([status, body.code]).toEqual([422, 'clock-out-of-range']);
    }
    expect((await clock()) - before).toBeLessThan(60 * 60 * 1000);
  });
});

describe('bytes that are not an HTTP request', () => {
  it.each<[string, string, string]>([
    ['400 invalid-host', 'without a host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['400 malformed-http', 'not HTTP', 'HELLO\r\n\r\n'],
    ['400 malformed-http', 'of an unknown method', 'BREW /coffee HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['400 malformed-http', 'of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['400 malformed-http', 'with a malformed header', 'GET / HTTP/1.1\r\nHost: x\r\nNo Header: 1\r\n\r\n'],
    [
      '400 malformed-http',
      'with two Content-Length headers',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    [
      '431 headers-too-large',
      'with too long a URL',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    ['431 headers-too-large', 'with too many headers', `GET / HTTP/1.1\r\n${'X: 1\r\n'.repeat(5_000)}\r\n`],
  ])('is answered %s when it is %s', async (expected, _, bytes) => {
    const { status, headers, body } = await sendBytes(bytes);
    expect(`${status} ${body.code}`).toBe(expected);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it('of HTTP/1.0 are answered', async () => {
    expect((await sendBytes('GET /health/live HTTP/1.0\r\n\r\n')).status).toBe(200);
  });
});
