/** A person's role in an account, or the platform's own. */
export type Role = 'technician' | 'manager' | 'administrator' | 'auditor' | 'operator' | 'service' | 'system';

/** Who asks: a person of an account, an internal service acting for it, or one of our own processes. */
export interface Actor {
  readonly account: string;
  readonly user: string;
  readonly roles: readonly Role[];
}

/** The roles that may act wherever an administrator of the account may. */
const UNRESTRICTED: readonly Role[] = ['administrator', 'service'];

/**
 * Whether the actor may take an action that asks for one of `roles`.
 * Administrators may do whatever any member may; a service acts for the account it names.
 */
export function hasRole(actor: Pick<Actor, 'roles'>, roles: readonly Role[]): boolean {
  const reserved = roles.some((role) => role === 'system' || role === 'operator' || role === 'auditor');
  return actor.roles.some((role) => roles.includes(role) || (!reserved && UNRESTRICTED.includes(role)));
}
