import type { AccessType } from '#domain/installation';
import type { Instant, Role } from '#domain/kernel';

/** An account, with the name that it was registered with. */
export interface StatedName {
  readonly id: string;
  readonly name?: string;
}

/** The person that decided, in whose account, under which command. */
export interface StatedAuthorisation {
  readonly account: StatedName;
  /** Absent where the log has the name sealed: a file that was handed out cannot be erased. The command identifies it. */
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them. */
  readonly service?: string;
  readonly at: Instant;
  readonly command: string;
}

export interface StatedGrant {
  readonly grantId: string;
  readonly shareId: string;
  readonly type: AccessType;
  readonly giver: StatedName;
  readonly holder: StatedName;
  readonly from: Instant;
  readonly until?: Instant;
  readonly authorisedBy: StatedAuthorisation;
}

/** A period of access, and the path of its grants from the account that registered the installation. */
export interface StatedAccess {
  readonly type: 'root' | AccessType;
  readonly from: Instant;
  /** Absent where it had not ended. */
  readonly until?: Instant;
  readonly grants: readonly StatedGrant[];
  /** Of the registration, which needs no grant. */
  readonly authorisedBy?: StatedAuthorisation;
}

interface Stated {
  readonly account: StatedName;
  readonly installation: string;
  readonly revision: number;
  readonly at: Instant;
  readonly access: readonly StatedAccess[];
}

/** The statement in words, exactly as the verifier derives them. */
export function wordsOf({ account, installation, revision, at, access }: Stated): string {
  const asOf = `event ${revision} of it, of ${at}`;
  if (access.length === 0) {
    return `${called(account)} never had access to the installation ${installation}, up to ${asOf}.`;
  }
  return access
    .flatMap((period) => [
      `${called(account)} had access of the type ${period.type} to the installation ${installation} ` +
        `from ${period.from} ${period.until ? `to ${period.until}` : `on, not ended up to ${asOf}`}.`,
      ...(period.authorisedBy ? [`It registered the installation: ${decided(period.authorisedBy)}.`] : []),
      ...period.grants.map(
        (grant) =>
          `${called(grant.giver)} gave ${called(grant.holder)} ${grant.type} from ${grant.from} ` +
          `${grant.until ? `to ${grant.until}` : 'on'} by the share ${grant.shareId}: ${decided(grant.authorisedBy)}.`,
      ),
    ])
    .join(' ');
}

function called({ id, name }: StatedName): string {
  return name === undefined ? id : `${name} (${id})`;
}

function decided({ account, user, role, service, at }: StatedAuthorisation): string {
  const through = service ? ` through ${service}` : '';
  const who = user === undefined ? `a person with the role ${role}` : `${user} (${role})`;
  return `authorised at ${at} by ${who}${through} of ${account.id === '' ? 'the platform' : called(account)}`;
}
