import { type Position, START } from '#event-store';
import type { Service } from '../../../apps/api/service.ts';
import { compared, type Figure, figure, rate } from '../figures.ts';
import { type Measured, mostMemory, timed, withDirectory } from '../measuring.ts';
import { catalogueFile } from './catalogue-file.ts';
import { measureChecks } from './checks.ts';
import { askOf, foundCompanies, type Parties } from './companies.ts';
import { allOf, happened } from './history.ts';
import { measureMemory } from './memory.ts';
import { latencyOf, measureOthers } from './others.ts';
import { signIn, startService } from './starting.ts';
import { stepsFor } from './steps.ts';

/** How many commands of others are enough to tell their latency. */
const OTHERS = 100;

export interface ServiceSize {
  /** Rows of the imported file. */
  readonly rows: number;
  /** Where left out, only the import is measured, and how much memory it takes. */
  readonly share?: {
    /** At least as many as the rows. */
    readonly installations: number;
    /** How many of the requester's customers it shares with a third company, with all their installations. */
    readonly customersGivenOn: number;
    /** The number of requests with a thousand access checks. */
    readonly checks: number;
  };
}

/**
 * The service with its worker thread: importing a catalogue, preparing a share of it, and importing that share in the
 * other company. Then, on the stored data, access checks and the memory of folded streams. Last, the service is started
 * again and the share revoked, first what was given on from it.
 */
export async function measureService({ rows, share }: ServiceSize): Promise<Figure[]> {
  return withDirectory(async (directory) => {
    const service = await startService(directory);
    const figures: Figure[] = [];
    const companies = await foundCompanies(service);
    let given: Given;
    let givenOn: Given;
    try {
      const idle = latencyOf('import.others.idle.p99', await measureOthers(service, companies, OTHERS));
      const importing = importFile(service, companies.provider, 0, rows);
      const others = measureOthers(service, companies, OTHERS, importing);
      figures.push(rate('import.rows', [await importing], 'rows/s'));
      figures.push(compared(latencyOf('import.others.p99', await others), idle, { atMost: 2 }), idle);
      if (share === undefined) return [...figures, figure('import.memory', [mostMemory() / 1e6], 'MB')];
      const { installations, customersGivenOn } = share;
      if (installations > rows) await importFile(service, companies.provider, rows, installations);
      const customers = await customersAddedAfter(service, START);
      const beforeShare = await service.ports.eventStore.head();
      given = await give(service, companies, customers);
      figures.push(rate('prepare.items', [given.prepared], 'items/s'));
      figures.push(rate('import.items', [given.imported], 'items/s'));
      const copies = await customersAddedAfter(service, beforeShare);
      givenOn = await give(service, companies.onwards, copies.slice(0, customersGivenOn));
    } finally {
      await service.stop();
    }
    figures.push(
      await measureChecks(directory, companies, share.checks),
      ...(await measureMemory(directory)),
    );
    return [...figures, ...(await measureRevocation(directory, companies, given, givenOn.installations))];
  });
}

/** From the first byte of the file until its last row is in the catalogue. */
async function importFile(service: Service, account: string, first: number, end: number): Promise<Measured> {
  const { eventStore } = service.ports;
  const token = await signIn(service, account);
  const body = catalogueFile(first, end);
  const before = await eventStore.head();
  return timed(end - first, async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const answer = await fetch(`${service.url}/v1/catalogue/imports`, { method: 'POST', headers, body });
    if (answer.status !== 202)
      throw new Error(`The file was answered with ${answer.status}: ${await answer.text()}`);
    await happened(eventStore, before, 'CatalogueImportCompleted');
  });
}

/** A share that the requester took over in full. */
interface Given {
  readonly shareId: string;
  readonly installations: readonly string[];
  /** From the approval until the package is complete. */
  readonly prepared: Measured;
  /** From the first confirmed step until the last is imported. */
  readonly imported: Measured;
}

/** Shares all installations of some customers, and takes them over. */
async function give(service: Service, parties: Parties, customers: readonly string[]): Promise<Given> {
  const { provider, requester, connectionId } = parties;
  const { eventStore } = service.ports;
  const ask = askOf(service);
  const request = { connectionId, name: 'All of it', suggestedLevel: 'customer' };
  const shareId = await ask(requester, 'administrator', 'RequestShare', request);

  const approval = { shareId, level: 'customer', selection: customers, accessType: 'subcontractor' };
  const before = await eventStore.head();
  const preparing = await timed(1, async () => {
    await ask(provider, 'administrator', 'ApproveShare', approval);
    await happened(eventStore, before, 'SharePackageCompleted');
  });

  const steps = await stepsFor(eventStore, before);
  const installations = steps.flatMap((step) =>
    step.installations.map(({ installationId }) => installationId),
  );
  const imported = await timed(installations.length, async () => {
    for (const step of steps) {
      await ask(requester, 'administrator', 'ProcessShare', { shareId, referenceStyle: 'original', ...step });
    }
    await happened(eventStore, before, 'ShareStepImported', steps.length);
  });
  return { shareId, installations, prepared: { ...preparing, count: installations.length }, imported };
}

async function customersAddedAfter(service: Service, position: Position): Promise<string[]> {
  const added: string[] = [];
  for await (const { data } of allOf(service.ports.eventStore, position, 'CustomerAdded')) {
    added.push(data.customerId);
  }
  return added;
}

/** From the revocation of what was given on until all access to it has ended, and the same of the rest. */
async function measureRevocation(
  directory: string,
  { provider }: Parties,
  { shareId, installations }: Given,
  givenOn: readonly string[],
): Promise<Figure[]> {
  const service = await startService(directory);
  const { eventStore } = service.ports;
  const revoke = async (some: object, count: number, withdrawals: number) => {
    const before = await eventStore.head();
    return timed(count, async () => {
      await askOf(service)(provider, 'administrator', 'RevokeShare', { shareId, ...some });
      await happened(eventStore, before, 'InstallationAccessWithdrawn', withdrawals);
    });
  };
  try {
    const cascade = await revoke({ installations: givenOn }, givenOn.length, 2 * givenOn.length);
    const others = installations.length - givenOn.length;
    return [
      rate('revoke.items', [await revoke({}, others, others)], 'items/s'),
      rate('revoke.cascade', [cascade], 'items/s'),
    ];
  } finally {
    await service.stop();
  }
}
