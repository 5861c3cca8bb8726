import type { JWTPayload } from 'jose';
import type { Actor, Role } from '#domain/kernel';
import { InvalidToken } from './invalid-token.ts';

const ROLES: readonly Role[] = ['technician', 'manager', 'administrator', 'auditor', 'operator', 'service'];

/** Whether a token may name it. */
export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}

/** Whether it is a role of people who are members of no account: they read all accounts, or register them. */
export function isOfPlatform(role: Role): boolean {
  return role === 'auditor' || role === 'operator';
}

/** The names of claims in a provider's tokens, and its names of roles. */
export interface ClaimNames {
  /** The claim that holds the id of the account; a claim of exactly that name, else a path with dots. */
  readonly account: string;
  /** The claim that holds the roles, as a list or as a text with spaces. */
  readonly roles: string;
  /** Maps the provider's names of roles to ours; other names are then ignored. Without it the names are ours. */
  readonly roleNames?: ReadonlyMap<string, readonly Role[]>;
}

/** The claims of our own tokens, and the default for a provider's. */
export const OUR_CLAIMS: ClaimNames = { account: 'account', roles: 'roles' };

/**
 * The actor of a verified token. Unknown roles are ignored, as providers put roles of their own into the same list; none
 * may remain.
 * @throws InvalidToken the subject is missing, or the account or the acting party is not valid
 */
export function actorOf(payload: JWTPayload, names: ClaimNames): Actor {
  const { sub } = payload;
  if (typeof sub !== 'string' || sub === '') throw new InvalidToken('The token has no subject.');
  const account = single(claimAt(payload, names.account));
  if (account !== undefined && typeof account !== 'string') {
    throw new InvalidToken('The account that the token names is not text.');
  }
  const roles = namesIn(claimAt(payload, names.roles)).flatMap((name) => rolesOf(name, names.roleNames));
  const service = actingParty(payload);
  return { user: sub, account: account ?? '', roles: [...new Set(roles)], ...(service && { service }) };
}

/**
 * The party to which the subject's authority was delegated (RFC 8693, 4.1). Earlier parties of the chain are for
 * information only, and ignored.
 */
function actingParty({ act }: JWTPayload): string | undefined {
  if (act === undefined) return undefined;
  const sub = (act as { readonly sub?: unknown } | null)?.sub;
  if (typeof sub !== 'string' || sub === '')
    throw new InvalidToken('The claim act of the token has no subject.');
  return sub;
}

/** Some providers give every attribute as a list. */
function single(claim: unknown): unknown {
  return Array.isArray(claim) && claim.length === 1 ? claim[0] : claim;
}

function rolesOf(name: string, roleNames: ClaimNames['roleNames']): readonly Role[] {
  if (roleNames !== undefined) return roleNames.get(name) ?? [];
  return isRole(name) ? [name] : [];
}

function namesIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(/\s+/).filter(Boolean);
  return Array.isArray(claim) ? claim.filter((name) => typeof name === 'string') : [];
}

/** The claim of exactly that name, which may hold dots, as names that are URLs do; else what the path leads to. */
function claimAt(claims: unknown, name: string): unknown {
  if (typeof claims !== 'object' || claims === null) return undefined;
  if (Object.hasOwn(claims, name)) return (claims as Readonly<Record<string, unknown>>)[name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot);
    if (!Object.hasOwn(claims, head)) continue;
    const found = claimAt((claims as Readonly<Record<string, unknown>>)[head], name.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Reads a map from a provider's names of roles to ours, such as `tessera-admin=administrator, Field staff=technician`.
 * A name may be there more than once, for several roles.
 * @param fault called for each invalid entry
 */
export function readRoleNames(
  text: string,
  fault: (detail: string) => void,
): ReadonlyMap<string, readonly Role[]> {
  const names = new Map<string, readonly Role[]>();
  for (const entry of text.split(',')) {
    // Their names may hold any sign; ours do not.
    const sign = entry.lastIndexOf('=');
    const [name, role] = [entry.slice(0, sign).trim(), entry.slice(sign + 1).trim()];
    if (sign < 0 || name === '')
      fault(`"${entry.trim()}" is not a name and a role, as in admins=administrator`);
    else if (!isRole(role)) fault(`"${role}" is none of the roles ${ROLES.join(', ')}`);
    else if (names.get(name)?.includes(role)) fault(`"${entry.trim()}" is there twice`);
    else names.set(name, [...(names.get(name) ?? []), role]);
  }
  return names;
}
