/** The right to run something, of one owner at a time. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Grows by one with each new owner: writes with this term are refused once a later term is known. */
  readonly term: number;
}

/** A lease as it is stored. */
export interface LeaseState {
  /** `undefined` when it is free. */
  readonly owner: string | undefined;
  /** The term of its last owner; 0 when it has never had one. */
  readonly term: number;
  /** Changes whenever it is renewed. */
  readonly beat: number;
}

/**
 * Leases, each change of which is conditional on the state read before. They hold no time and do not
 * expire by themselves: a candidate for an owned lease watches whether it is renewed.
 */
export interface Leases {
  read(name: string): Promise<LeaseState>;
  /** Acquires the lease if it is unchanged since it was read; `undefined` when it is not. */
  claim(name: string, owner: string, seen: LeaseState): Promise<Lease | undefined>;
  /** Shows that its owner is alive; false when another owner has the lease by now. */
  renew(lease: Lease): Promise<boolean>;
  /** Releases the lease; does nothing when another owner has it by now. */
  release(lease: Lease): Promise<void>;
}
