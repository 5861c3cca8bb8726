import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, publicLookup, refusalOfUrl } from './address.ts';

const REFUSED = [
  'http://127.0.0.1/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://0x7f000001/',
  'https://0.0.0.0/',
  'https://0/',
  'https://127.0.0.1./',
  'https://①②⑦.0.0.1/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://192.0.0.8/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:0:127.0.0.1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[ff02::1]/',
  'https://[2001:db8::1]/',
  'https://[2001::1]/',
  'https://[100::1]/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://hooks.localhost/',
  'https://intranet/',
  'https://user:password@example.com/',
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'https://',
  'hooks',
];

describe('the URL of a webhook', () => {
  it.each(REFUSED)('is refused: %s', (url) => {
    expect(refusalOfUrl(url, false)).toEqual(expect.any(String));
  });

  it.each([
    'https://example.com/hook?token=1',
    'https://93.184.215.14/',
    'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8443/',
    'https://xn--bcher-kva.example/',
  ])('is taken: %s', (url) => {
    expect(refusalOfUrl(url, false)).toBeUndefined();
  });

  it('may be private and without encryption where that is allowed, but never hold a password', () => {
    expect(refusalOfUrl('http://127.0.0.1:8080/', true)).toBeUndefined();
    expect(refusalOfUrl('http://a:b@127.0.0.1:8080/', true)).toEqual(expect.any(String));
    expect(refusalOfUrl('ftp://127.0.0.1/', true)).toEqual(expect.any(String));
  });
});

describe('a name that is looked up', () => {
  const lookUp = (addresses: readonly string[], all: boolean) =>
    new Promise((resolve) => {
      const find = ((_name: string, _options: object, callback: (...found: unknown[]) => void) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )) as unknown as Parameters<typeof publicLookup>[0];
      publicLookup(find)('example.com', { all }, (error, address, family) =>
        resolve(error ? error.name : { address, family }),
      );
    });

  it('resolves to its addresses, where all of them are public', async () => {
    expect(await lookUp(['93.184.215.14'], false)).toEqual({ address: '93.184.215.14', family: 4 });
    expect(await lookUp(['93.184.215.14'], true)).toMatchObject({ address: [{ address: '93.184.215.14' }] });
  });

  it.each([
    [['127.0.0.1']],
    [['93.184.215.14', '10.0.0.1']],
    [['::ffff:10.0.0.1']],
    [['169.254.169.254']],
    [[]],
  ])('is refused: %j', async (addresses) => {
    expect(await lookUp(addresses, true)).toBe('AddressRefused');
    expect(await lookUp(addresses, false)).toBe('AddressRefused');
  });
});

it('what is no address is not public', () => {
  expect(isPublicAddress('example.com')).toBe(false);
});
