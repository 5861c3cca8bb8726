import { forbidden } from './errors.ts';

/** A person's role in an account, or the platform's own. */
export type Role = 'technician' | 'manager' | 'administrator' | 'auditor' | 'operator' | 'service' | 'system';

/** Who sends a command: a user of an account, an internal service acting for it, or one of our own processes. */
export interface Actor {
  readonly account: string;
  readonly user: string;
  readonly roles: readonly Role[];
  /** The internal service that acts for the account and the user, where these do not act themselves. */
  readonly service?: string;
}

/** The roles that may act wherever a member of the account may: for the account they name, or on its behalf. */
const UNRESTRICTED: readonly Role[] = ['administrator', 'service', 'system'];

/** The roles of the platform, which no member has. */
const RESERVED: readonly Role[] = ['system', 'operator', 'auditor'];

/**
 * The actor's role that allows an action that requires one of `roles`; `undefined` when none does.
 * Administrators may do whatever any member may. An action without roles is allowed to nobody: it was given none yet.
 */
export function allowingRole(actor: Pick<Actor, 'roles'>, roles: readonly Role[]): Role | undefined {
  const matching = actor.roles.find((role) => roles.includes(role));
  if (matching !== undefined || roles.length === 0 || roles.some((role) => RESERVED.includes(role)))
    return matching;
  return actor.roles.find((role) => UNRESTRICTED.includes(role));
}

/**
 * The actor's role that allows an action that requires one of `roles`.
 * @throws Refusal `role-not-allowed`
 */
export function requireRole(actor: Pick<Actor, 'roles'>, roles: readonly Role[]): Role {
  const role = allowingRole(actor, roles);
  if (role === undefined) throw forbidden(`This requires one of these roles: ${roles.join(', ')}.`);
  return role;
}

/** Whether the actor may take an action that requires one of `roles`. */
export function hasRole(actor: Pick<Actor, 'roles'>, roles: readonly Role[]): boolean {
  return allowingRole(actor, roles) !== undefined;
}
