import type { Deployment } from '../deployment/index.ts';

/** A finding of the doctor. */
export interface Finding {
  /** `wrong` has to be fixed; `notice` may be intended, or resolve by itself. */
  readonly level: 'fine' | 'notice' | 'wrong';
  readonly what: string;
  /** Why it matters. */
  readonly why?: string;
  /** The command that fixes it, or what else to do. */
  readonly fix?: string;
}

/** One check of a deployment. It changes nothing. */
export interface Check {
  readonly name: string;
  /** Returns no findings where it does not apply. An error that it throws is a finding, too. */
  look(deployment: Deployment): Promise<readonly Finding[]>;
}

/** A finding without a problem. */
export const fine = (what: string): Finding[] => [{ level: 'fine', what }];
