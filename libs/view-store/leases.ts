/** The right to run something, of one owner at a time. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Grows by one with each new owner: what it writes with its term is refused once a later term is known. */
  readonly term: number;
}

/** What is stored of a lease. */
export interface LeaseState {
  /** `undefined` when it is free. */
  readonly owner: string | undefined;
  /** Of its last owner; 0 when it has never had one. */
  readonly term: number;
  /** Changes whenever it is renewed. */
  readonly beat: number;
}

/**
 * Leases, of which each change is made under the condition that nobody else was faster. They know no time and do not
 * expire by themselves: who wants one that has an owner watches whether it is renewed.
 */
export interface Leases {
  look(name: string): Promise<LeaseState>;
  /** Takes the lease if it still is as it was seen; `undefined` when it is not. */
  claim(name: string, owner: string, seen: LeaseState): Promise<Lease | undefined>;
  /** Shows that its owner is alive; false when the lease is another one's by now. */
  renew(lease: Lease): Promise<boolean>;
  /** Leaves the lease to whoever comes first; nothing happens when it is another one's by now. */
  release(lease: Lease): Promise<void>;
}
