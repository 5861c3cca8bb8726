import { describe, expect, it } from '@jest/globals';
import { description } from './described.ts';

const SHARE = '0192f0c1-0000-7000-8000-000000000001';

describe('answers compared with the description of the API', () => {
  it.each<[wrong: string, method: string, path: string, status: number, body: unknown]>([
    ['a field is missing', 'POST', `/v1/shares/${SHARE}/reject`, 200, { id: SHARE }],
    ['a field is not described', 'POST', '/v1/shares', 201, { id: SHARE, revision: 0, secret: 1 }],
    ['a count has a fraction', 'POST', '/v1/shares', 201, { id: SHARE, revision: 0.5 }],
    ['an item of a page is something else', 'GET', '/v1/shares?pageSize=1', 200, { items: [{}] }],
    ['a problem has no code', 'GET', `/v1/shares/${SHARE}`, 404, { status: 404 }],
    ['a path that is a literal has another answer', 'GET', '/v1/accounts/me', 200, { items: [] }],
  ])('are refused when %s', (_, method, path, status, body) => {
    expect(() => description.check(method, path, status, body)).toThrow(`${method} ${path} answered`);
  });

  it('pass when they are as described', () => {
    description.check('POST', '/v1/shares', 201, { id: SHARE, revision: 0 });
    description.check('GET', '/v1/shares', 200, { items: [], total: 0 });
  });

  it('pass on routes that are not described', () => {
    description.check('POST', '/dev/sign-in', 201, { token: '' });
  });
});
