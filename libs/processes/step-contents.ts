import type {
  ConfirmedInstallation,
  PackagedCustomer,
  PackagedLocation,
  PackageItem,
  StepContents,
} from '#domain/share';
import type { EventReader } from '#event-store';
import { readShare } from './share-history.ts';

/** Reads the step that begins at `revision` of the share's stream, and what it takes from the package. */
export async function readStep(
  reader: EventReader,
  shareId: string,
  revision: number,
): Promise<StepContents> {
  const confirmed = await readConfirmation(reader, shareId, revision);
  const { customers, locations, installations } = confirmed;
  const wantedCustomers = new Set(customers.map(({ source }) => source));
  const wantedLocations = new Set(locations.map(({ source }) => source));
  const items = new Map<string, PackageItem>();
  const packagedCustomers = new Map<string, PackagedCustomer>();
  const packagedLocations = new Map<string, PackagedLocation>();
  for await (const event of readShare(reader, shareId)) {
    if (event.type === 'SharePackageCompleted') break;
    if (event.type !== 'SharePackageBatchCollected') continue;
    for (const item of event.data.items) {
      const { installationId, customer, location } = item;
      if (installations.has(installationId)) items.set(installationId, item);
      if (customer && wantedCustomers.has(customer.id)) packagedCustomers.set(customer.id, customer);
      if (location && wantedLocations.has(location.id)) packagedLocations.set(location.id, location);
    }
  }
  return { ...confirmed, items, packagedCustomers, packagedLocations };
}

type Confirmation = Pick<StepContents, 'referenceStyle' | 'customers' | 'locations' | 'installations'>;

/** The step's first event states how many installations the following ones have. */
async function readConfirmation(
  reader: EventReader,
  shareId: string,
  revision: number,
): Promise<Confirmation> {
  const installations = new Map<string, ConfirmedInstallation>();
  let step: (Confirmation & { readonly stepId: string; readonly expected: number }) | undefined;
  for await (const { type, data } of readShare(reader, shareId, revision)) {
    if (type === 'ShareProcessingConfirmed' && step === undefined) {
      step = { ...data, installations, expected: data.installations };
    } else if (type === 'ShareInstallationsConfirmed' && data.stepId === step?.stepId) {
      for (const confirmed of data.installations) installations.set(confirmed.installationId, confirmed);
    }
    if (step?.expected === installations.size) {
      const { referenceStyle, customers, locations } = step;
      return { referenceStyle, customers, locations, installations };
    }
  }
  throw new Error(`Share ${shareId} has no complete step at revision ${revision}.`);
}
