// Who had access to what, derived from the log alone in the simplest way: event by event, without the code that answers
// the same questions in the product.
import type { Recorded } from '#contracts';

/** One interval, as far as the viewer may know it. */
export interface ReplayedInterval {
  readonly installation: string;
  readonly account: string;
  readonly type: string;
  readonly since: string;
  readonly until: string | undefined;
  readonly ended: string | undefined;
  /** The account that decided the end, and the person, where they may be known. */
  readonly endedBy: string | undefined;
  readonly reason: string | undefined;
  /** `<giver> gives <receiver> by <share>, approved by <person>`, from the root down. */
  readonly path: readonly string[];
  readonly authorisedBy: string;
  readonly readableAsOf: string | undefined;
  readonly knownAsOf: string | undefined;
}

interface Given {
  readonly id: string;
  readonly above: string | undefined;
  readonly giver: string;
  readonly holder: string;
  readonly share: string;
  readonly type: string;
  readonly since: string;
  end?: { readonly at: string; readonly event: Recorded };
}

interface Machine {
  readonly id: string;
  readonly root: string;
  readonly registered: Recorded;
  readonly given: Given[];
}

/** The viewer: an account, or an auditor. */
export type ReplayViewer = string | 'auditor';

export class AccessReplay {
  readonly #events: readonly Recorded[];
  readonly #byId: ReadonlyMap<string, Recorded>;

  constructor(events: readonly Recorded[]) {
    this.#events = events;
    this.#byId = new Map(events.map((event) => [event.id, event]));
  }

  /** Every interval that the viewer may know of. */
  knownTo(viewer: ReplayViewer): ReplayedInterval[] {
    return this.#machines(this.#events).flatMap((whole) => {
      if (viewer === 'auditor') return this.#intervals(whole, whole, viewer, undefined);
      const own = whole.given.filter(({ holder }) => holder === viewer);
      if (whole.root === viewer || own.some(({ end }) => end === undefined)) {
        return this.#intervals(whole, whole, viewer, undefined);
      }
      const lost = own
        .flatMap(({ end }) => end?.at ?? [])
        .toSorted()
        .at(-1);
      if (lost === undefined) return [];
      const [then] = this.#machines(
        this.#events.filter(({ data, metadata }) => {
          const { installationId } = data as { installationId?: string };
          return installationId === whole.id && metadata.at <= lost;
        }),
      );
      return then === undefined ? [] : this.#intervals(then, then, viewer, lost);
    });
  }

  /** Every interval of access that the account gave, itself or through those it gave to. */
  givenBy(account: string): ReplayedInterval[] {
    return this.knownTo(account).filter(({ path }) =>
      path.some((one) => one.startsWith(`${account} gives `)),
    );
  }

  /** The customer under which the account keeps each of its installations. */
  customersOf(account: string): ReadonlyMap<string, string> {
    const customers = new Map<string, string>();
    for (const event of this.#events) {
      const isPlaced =
        event.type === 'InstallationAccessGranted'
          ? event.data.grant.holder === account
          : (event.type === 'InstallationRegistered' || event.type === 'InstallationMoved') &&
            event.data.account === account;
      if (!isPlaced) continue;
      const { installationId, placement } = event.data as never as {
        installationId: string;
        placement: { customerId: string };
      };
      customers.set(installationId, placement.customerId);
    }
    return customers;
  }

  #machines(events: readonly Recorded[]): Machine[] {
    const machines = new Map<string, Machine>();
    for (const event of events) {
      switch (event.type) {
        case 'InstallationRegistered': {
          const { installationId: id, account: root } = event.data;
          machines.set(id, { id, root, registered: event, given: [] });
          break;
        }
        case 'InstallationAccessGranted': {
          const { grantId, parent, giver, holder, shareId, accessType, grantedAt } = event.data.grant;
          machines.get(event.data.installationId)?.given.push({
            id: grantId,
            above: parent,
            giver,
            holder,
            share: shareId,
            type: accessType,
            since: grantedAt,
          });
          break;
        }
        case 'InstallationAccessWithdrawn': {
          const given = machines.get(event.data.installationId)?.given ?? [];
          const ended = given.find(({ id }) => id === event.data.grantId);
          if (ended) ended.end = { at: event.data.withdrawnAt, event };
          break;
        }
      }
    }
    return [...machines.values()];
  }

  #intervals(
    machine: Machine,
    { given }: Machine,
    viewer: ReplayViewer,
    lost: string | undefined,
  ): ReplayedInterval[] {
    const chain = (grant: Given): Given[] => {
      const above = given.find(({ id }) => id === grant.above);
      return above === undefined ? [grant] : [...chain(above), grant];
    };
    const seesAll = viewer === 'auditor' || viewer === machine.root;
    const mine = given.filter(({ holder }) => holder === viewer);
    const known = given.filter(
      (grant) => seesAll || mine.some((held) => chain(held).includes(grant) || chain(grant).includes(held)),
    );
    const lastEnd = (account: string) => {
      const held = known.filter(({ holder }) => holder === account);
      if (account === machine.root || held.some(({ end }) => end === undefined)) return undefined;
      return held
        .flatMap(({ end }) => end?.at ?? [])
        .toSorted()
        .at(-1);
    };
    const root: ReplayedInterval = {
      installation: machine.id,
      account: machine.root,
      type: 'root',
      since: machine.registered.metadata.at,
      until: undefined,
      ended: undefined,
      endedBy: undefined,
      reason: undefined,
      path: [],
      authorisedBy: this.#person(machine.registered, viewer),
      readableAsOf: undefined,
      knownAsOf: lost,
    };
    return [
      root,
      ...known.map((grant): ReplayedInterval => {
        const until = grant.end?.at;
        return {
          ...root,
          account: grant.holder,
          type: grant.type,
          since: grant.since,
          until,
          ...this.#ending(grant, viewer),
          path: chain(grant).map(
            ({ giver, holder, share }) =>
              `${giver} gives ${holder} by ${share}, approved by ${this.#approver(share, viewer)}`,
          ),
          authorisedBy: this.#approver(grant.share, viewer),
          readableAsOf: until !== undefined && lastEnd(grant.holder) === until ? until : undefined,
          knownAsOf: until === undefined ? lost : undefined,
        };
      }),
    ];
  }

  #ending({ end }: Given, viewer: ReplayViewer): Pick<ReplayedInterval, 'ended' | 'endedBy' | 'reason'> {
    const event = end?.event;
    if (event?.type !== 'InstallationAccessWithdrawn') {
      return { ended: undefined, endedBy: undefined, reason: undefined };
    }
    const { kind, account, reason } = event.data.cause;
    const isKnown = viewer === 'auditor' || kind !== 'cascade' || account === viewer;
    if (!isKnown) return { ended: kind, endedBy: `${account}: not known`, reason: undefined };
    return { ended: kind, endedBy: `${account}: ${this.#person(this.#origin(event), viewer)}`, reason };
  }

  /** The action of a person from which the event follows. */
  #origin(event: Recorded): Recorded {
    const cause = this.#byId.get(event.metadata.$causationId);
    return event.metadata.actor.role === 'system' && cause ? this.#origin(cause) : event;
  }

  #approver(share: string, viewer: ReplayViewer): string {
    const approval = this.#events.find(
      ({ type, data }) => type === 'ShareApproved' && (data as { shareId: string }).shareId === share,
    );
    return approval ? this.#person(approval, viewer) : 'nobody';
  }

  /** A person is named to its own account, and to auditors. */
  #person({ metadata: { actor } }: Recorded, viewer: ReplayViewer): string {
    return viewer === 'auditor' || viewer === actor.account ? actor.user : `somebody of ${actor.account}`;
  }
}
