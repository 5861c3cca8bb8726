import type { SubjectKind, TesseraEvent } from '#contracts';
import type { GrantTree } from '#domain/installation';
import type { Position, Revision } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** Whom the events of a stream concern, as far as its events so far have told. */
export interface ChangeAudience extends Reflecting {
  /** The stream. */
  readonly id: string;
  /** Whom all of its events concern; of an installation nobody but those its grants name. */
  readonly parties: readonly string[];
  /** Of an installation. */
  readonly tree?: GrantTree;
}

export const changeAudiences: CollectionDefinition<ChangeAudience> = {
  name: 'change-audiences',
  indexes: {},
};

/** That an event concerns an account, and where it stands in the log: what it says is read there. */
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

/** What an event of this stream is about. */
export function subjectOf(stream: string): { readonly kind: SubjectKind; readonly id: string } {
  const end = stream.indexOf('-');
  return { kind: stream.slice(0, end) as SubjectKind, id: stream.slice(end + 1) };
}
