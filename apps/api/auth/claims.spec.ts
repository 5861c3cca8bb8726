import { describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { actorOf, type ClaimNames, OUR_CLAIMS, readRoleNames } from './claims.ts';
import { InvalidToken } from './invalid-token.ts';

const named = (names: Partial<ClaimNames>): ClaimNames => ({ ...OUR_CLAIMS, ...names });
const rolesOf = (claims: object, names: Partial<ClaimNames> = {}) =>
  actorOf({ sub: 'ann', ...claims }, named(names)).roles;

describe('the actor of a token', () => {
  it('is its subject, its account and its roles', () => {
    expect(actorOf({ sub: 'ann', account: 'a-1', roles: ['manager'] }, OUR_CLAIMS)).toEqual({
      user: 'ann',
      account: 'a-1',
      roles: ['manager'],
    });
  });

  it('is of the account in a list of one', () => {
    const names = named({ account: 'extn.tesseraAccount' });
    expect(actorOf({ sub: 'ann', 'extn.tesseraAccount': ['a-1'] }, names).account).toBe('a-1');
  });

  it('may be a member of no account', () => {
    expect(actorOf({ sub: 'ann', roles: ['operator'] }, OUR_CLAIMS).account).toBe('');
  });

  it('has the party that acts for it, where the token says so (RFC 8693)', () => {
    const act = { sub: 'erp', act: { sub: 'gateway' } };
    expect(actorOf({ sub: 'ann', account: 'a-1', roles: ['manager'], act }, OUR_CLAIMS)).toEqual({
      user: 'ann',
      account: 'a-1',
      roles: ['manager'],
      service: 'erp',
    });
  });

  it.each([
    [{ sub: 'ann', act: null }],
    [{ sub: 'ann', act: 'erp' }],
    [{ sub: 'ann', act: {} }],
    [{ sub: 'ann', act: { sub: '' } }],
    [{ sub: 'ann', act: { sub: ['erp'] } }],
    [{ sub: undefined }],
    [{ sub: '' }],
    [{ sub: 'ann', account: 7 }],
    [{ sub: 'ann', account: null }],
    [{ sub: 'ann', account: ['a-1', 'a-2'] }],
  ])('is required: %j', (claims) => {
    expect(() => actorOf(claims as JWTPayload, OUR_CLAIMS)).toThrow(InvalidToken);
  });
});

describe('the roles of a token', () => {
  it('are the known ones; others of the provider are ignored', () => {
    const roles = ['offline_access', 'manager', 'uma_authorization', 'default-roles-acme', 7, 'manager'];
    expect(rolesOf({ roles })).toEqual(['manager']);
  });

  it.each([
    [undefined],
    [[]],
    ['offline_access'],
    [7],
    [{ manager: true }],
    [['system']],
    [['toString', '__proto__']],
  ])('may be none: %j', (roles) => {
    expect(rolesOf({ roles })).toEqual([]);
  });

  it.each<[string, object]>([
    ['roles', { roles: 'technician  manager' }],
    ['realm_access.roles', { realm_access: { roles: ['technician', 'manager'] } }],
    [
      'resource_access.tessera-api.roles',
      { resource_access: { 'tessera-api': { roles: ['technician', 'manager'] } } },
    ],
    [
      'resource_access.api.acme.com.roles',
      { resource_access: { 'api.acme.com': { roles: ['technician', 'manager'] } } },
    ],
    ['https://tessera.example/roles', { 'https://tessera.example/roles': ['technician', 'manager'] }],
    ['groups', { groups: ['technician', 'manager'] }],
    ['a.b', { 'a.b': ['technician', 'manager'], a: { b: ['auditor'] } }],
  ])('are found in the claim %s', (roles, claims) => {
    expect(rolesOf(claims, { roles })).toEqual(['technician', 'manager']);
  });

  it.each([
    ['realm_access.roles', { realm_access: ['manager'] }],
    ['realm_access.roles', { realm_access: null }],
    ['constructor.name', {}],
    ['roles.0', { roles: 'manager' }],
  ])('are not found in the claim %s where that is something else: %j', (roles, claims) => {
    expect(rolesOf(claims, { roles })).toEqual([]);
  });

  it('are mapped from names of the provider where a map is given, and other names are ignored', () => {
    const roleNames = readRoleNames('Field staff=technician, boss=manager, boss=auditor', () => {
      throw new Error('no fault');
    });
    expect(rolesOf({ roles: ['Field staff', 'operator'] }, { roleNames })).toEqual(['technician']);
    expect(rolesOf({ roles: ['boss'] }, { roleNames })).toEqual(['manager', 'auditor']);
  });

  it.each([
    ['admins', 'not a name and a role'],
    ['=manager', 'not a name and a role'],
    ['admins=root', 'none of the roles'],
    ['admins=system', 'none of the roles'],
    ['admins=manager,', 'not a name and a role'],
    ['a=manager, a=manager', 'twice'],
  ])('are not mapped by "%s"', (text, fault) => {
    const faults: string[] = [];
    readRoleNames(text, (detail) => faults.push(detail));
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });
});
