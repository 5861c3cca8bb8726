import type { Deployment } from '../deployment/index.ts';

/** What one look at a deployment has shown. */
export interface Finding {
  /** `wrong` has to be fixed; `notice` may be intended, or pass by itself. */
  readonly level: 'fine' | 'notice' | 'wrong';
  readonly what: string;
  /** Why it matters. */
  readonly why?: string;
  /** The command that fixes it, or what else to do. */
  readonly fix?: string;
}

/** One thing to look at. It changes nothing. */
export interface Check {
  readonly name: string;
  /** Where it does not apply, it finds nothing. What it throws is a finding, too. */
  look(deployment: Deployment): Promise<readonly Finding[]>;
}

/** What is as it must be. */
export const fine = (what: string): Finding[] => [{ level: 'fine', what }];
