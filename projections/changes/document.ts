import type { SubjectKind, TesseraEvent } from '#contracts';
import type { GrantTree } from '#domain/installation';
import type { Position, Revision } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** The accounts that a stream's events concern, by its events so far. */
export interface ChangeAudience extends Reflecting {
  /** The stream. */
  readonly id: string;
  /** The accounts that all of its events concern; for an installation only those that its grants name. */
  readonly parties: readonly string[];
  /** Of an installation. */
  readonly tree?: GrantTree;
}

export const changeAudiences: CollectionDefinition<ChangeAudience> = {
  name: 'change-audiences',
  indexes: {},
};

/** That an event concerns an account, with the event's log position: its contents are read from the log. */
export interface ChangeRow extends Document {
  /** `<position>:<account>`. */
  readonly id: string;
  readonly account: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: Revision;
  readonly type: TesseraEvent['type'];
  /** Of an installation: the account that registered it, which sees every grant. */
  readonly root?: string;
}

/** In the order of the log: of one account, of one subject, and all. */
export const changeRows: CollectionDefinition<ChangeRow> = {
  name: 'changes',
  indexes: {
    'by-account': ({ account, position }) => [account, position],
    'by-subject': ({ stream, position, account }) => [subjectOf(stream).id, position, account],
    'in-order': ({ position, account }) => [position, account],
  },
};

/** The subject of the events of this stream. */
export function subjectOf(stream: string): { readonly kind: SubjectKind; readonly id: string } {
  const end = stream.indexOf('-');
  return { kind: stream.slice(0, end) as SubjectKind, id: stream.slice(end + 1) };
}
