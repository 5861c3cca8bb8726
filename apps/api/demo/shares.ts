import type { CommandData } from '#contracts/commands';
import type { AccessType, DocumentIdentity } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { TransferLevel } from '#domain/share';
import type { KeptCustomer, KeptLocation } from './catalogue.ts';
import { installationsOf } from './catalogue.ts';
import { type CompanyKey, companies } from './companies.ts';
import { connectionBetween } from './connections.ts';
import { command, type DemoCommand, demoId, type Thread, waitForShare } from './steps.ts';

interface ShareDetails {
  readonly requester: CompanyKey;
  readonly provider: CompanyKey;
  readonly name: string;
  readonly explanation?: string | undefined;
  readonly level: TransferLevel;
}

interface Given {
  readonly accessType: AccessType;
  readonly selection: readonly string[];
  /** The suggested level by default. */
  readonly level?: TransferLevel;
  readonly documentIdentity?: DocumentIdentity;
}

type Step = Omit<CommandData<'ProcessShare'>, 'shareId'>;

/** One share of the demo world, with the commands of its lifecycle. */
export class DemoShare {
  readonly id: string;

  constructor(private readonly details: ShareDetails) {
    this.id = demoId('share', details.requester, details.provider, details.name);
  }

  request(): DemoCommand {
    const { requester, provider, name, explanation, level } = this.details;
    return command(
      'RequestShare',
      companies[requester].administrator,
      {
        shareId: this.id,
        connectionId: connectionBetween(requester, provider),
        name,
        ...(explanation !== undefined && { explanation }),
        suggestedLevel: level,
      },
      this.id,
    );
  }

  cancel(): DemoCommand {
    return command('CancelShare', this.requester.administrator, { shareId: this.id }, this.id);
  }

  reject(reason: string): DemoCommand {
    return command('RejectShare', this.provider.administrator, { shareId: this.id, reason }, this.id);
  }

  approve({ level = this.details.level, selection, accessType, documentIdentity }: Given): DemoCommand {
    const identity = documentIdentity !== undefined && { documentIdentity };
    return command(
      'ApproveShare',
      this.provider.administrator,
      { shareId: this.id, level, selection, accessType, ...identity },
      this.id,
    );
  }

  /** Approves it, and waits for the complete package. */
  give(given: Given): Thread {
    return [this.approve(given), waitForShare(this.id, 'SharePackageCompleted')];
  }

  /** Confirms a step, and waits until everything in it is placed. */
  process(step: Step): Thread {
    return [
      command('ProcessShare', this.requester.manager, { shareId: this.id, ...step }, this.id),
      waitForShare(this.id, 'ShareStepImported'),
    ];
  }

  /** All of it, unless installations are named. */
  revoke(reason: string, installations?: readonly string[]): DemoCommand {
    const named = installations !== undefined && { installations };
    const revocation = { shareId: this.id, ...named, reason };
    return command('RevokeShare', this.provider.administrator, revocation, this.id);
  }

  private get requester() {
    return companies[this.details.requester];
  }

  private get provider() {
    return companies[this.details.provider];
  }
}

/** Customers, with these of their locations, copied as they are and every installation with them. */
export function copying(
  customers: readonly KeptCustomer[],
  locations: readonly KeptLocation[] = customers.flatMap((customer) => customer.locations),
): Step {
  return {
    referenceStyle: 'original',
    customers: customers.map(({ id }) => ({ source: id, target: { create: true } })),
    locations: locations.map(({ id }) => ({ source: id, target: { create: true } })),
    installations: installationsOf(locations).map((installationId) => ({
      installationId,
      target: { followsLocation: true },
    })),
  };
}

/** Locations copied under a customer of the requester's own. */
export function copyingUnder(customer: KeptCustomer, locations: readonly KeptLocation[]): Step {
  return {
    referenceStyle: 'original',
    locations: locations.map(({ id }) => ({ source: id, target: { create: true, customerId: customer.id } })),
    installations: installationsOf(locations).map((installationId) => ({
      installationId,
      target: { followsLocation: true },
    })),
  };
}

/** Installations merged into a location of the requester's own. */
export function takingInto({ id: locationId }: KeptLocation, installations: readonly string[]): Step {
  return {
    referenceStyle: 'customer',
    installations: installations.map((installationId) => ({ installationId, target: { locationId } })),
  };
}

/** What a holder's technician did at that moment. */
export function workOrder(
  holder: CompanyKey,
  installationId: string,
  at: Instant,
  summary: string,
): DemoCommand {
  const { technician, name } = companies[holder];
  const activityId = demoId('activity', installationId, holder, summary);
  const performedOn = at.slice(0, 10);
  const activity = { kind: 'work-order', performedOn, summary, performedBy: name, leakFound: false } as const;
  return command('AddActivity', technician, { installationId, activityId, ...activity }, activityId);
}
