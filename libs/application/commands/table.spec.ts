import { describe, expect, it } from '@jest/globals';
import { publicCommands } from '#contracts/commands';
import { hasRole, type Role } from '#domain/kernel';
import { commandTable, type FactSources } from './table.ts';

const table = commandTable({} as FactSources);
const rolesOf = (type: string): readonly Role[] => table.get(type)?.roles[type] ?? [];

/** Completed into another command before it is executed. */
const COMPLETED: Readonly<Record<string, string>> = { RevokeGrant: 'RevokeShare' };

describe('the table of commands', () => {
  it('has roles for each: one that was given none yet is for nobody', () => {
    expect([...table.keys()].filter((type) => rolesOf(type).length === 0)).toEqual([]);
  });

  it('lets someone outside send each public command, and nobody what the processes record', () => {
    const outside: Role[] = ['technician', 'manager', 'administrator', 'auditor', 'operator', 'service'];
    const open = new Set(publicCommands.map(({ type }) => COMPLETED[type] ?? type));
    for (const type of table.keys()) {
      const possible = hasRole({ roles: outside }, rolesOf(type));
      if (open.has(type as never)) expect({ type, possible }).toEqual({ type, possible: true });
      if (rolesOf(type).every((role) => role === 'system')) expect(open).not.toContain(type);
    }
    expect([...open].filter((type) => !table.has(type))).toEqual([]);
  });
});
