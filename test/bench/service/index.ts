import { START } from '#event-store';
import type { Service } from '../../../apps/api/service.ts';
import { compared, type Figure, figure, rate } from '../figures.ts';
import { type Measured, mostMemory, timed, withDirectory } from '../measuring.ts';
import { catalogueFile } from './catalogue-file.ts';
import { measureChecks } from './checks.ts';
import { askOf, type Companies, foundCompanies } from './companies.ts';
import { allOf, happened } from './history.ts';
import { measureMemory } from './memory.ts';
import { latencyOf, measureOthers } from './others.ts';
import { signIn, startService } from './starting.ts';
import { type Step, stepsFor } from './steps.ts';

/** How many commands of others are enough to tell their latency. */
const OTHERS = 100;

export interface ServiceSize {
  /** Rows of the imported file. */
  readonly rows: number;
  /** Where left out, only the import is measured, and how much memory it takes. */
  readonly share?: {
    /** At least as many as the rows. */
    readonly installations: number;
    /** The number of requests with a thousand access checks. */
    readonly checks: number;
  };
}

/**
 * The service with its worker thread: importing a catalogue, preparing a share of it, and importing that share in the
 * other company. Then, on the stored data, access checks and the memory of folded streams. Last, the service is started
 * again and the share revoked.
 */
export async function measureService({ rows, share }: ServiceSize): Promise<Figure[]> {
  return withDirectory(async (directory) => {
    const service = await startService(directory);
    const figures: Figure[] = [];
    const companies = await foundCompanies(service);
    let shareId = '';
    try {
      const idle = latencyOf('import.others.idle.p99', await measureOthers(service, companies, OTHERS));
      const importing = importFile(service, companies.provider, 0, rows);
      const others = measureOthers(service, companies, OTHERS, importing);
      figures.push(rate('import.rows', [await importing], 'rows/s'));
      figures.push(compared(latencyOf('import.others.p99', await others), idle, { atMost: 2 }), idle);
      if (share === undefined) return [...figures, figure('import.memory', [mostMemory() / 1e6], 'MB')];
      const { installations } = share;
      if (installations > rows) await importFile(service, companies.provider, rows, installations);
      shareId = await requestShare(service, companies);
      figures.push(
        rate('prepare.items', [await prepareShare(service, companies, shareId, installations)], 'items/s'),
        rate('import.items', [await importShare(service, companies, shareId, installations)], 'items/s'),
      );
    } finally {
      await service.stop();
    }
    const { installations, checks } = share;
    figures.push(await measureChecks(directory, companies, checks), ...(await measureMemory(directory)));
    return [...figures, await measureRevocation(directory, companies, shareId, installations)];
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

function requestShare(service: Service, { requester, connectionId }: Companies): Promise<string> {
  const request = { connectionId, name: 'All of it', suggestedLevel: 'customer' };
  return askOf(service)(requester, 'administrator', 'RequestShare', request);
}

/** From the approval until the package is complete. */
async function prepareShare(
  service: Service,
  { provider }: Companies,
  shareId: string,
  installations: number,
): Promise<Measured> {
  const { eventStore } = service.ports;
  const selection: string[] = [];
  for await (const { data } of allOf(eventStore, START, 'CustomerAdded')) selection.push(data.customerId);
  const approval = { shareId, level: 'customer', selection, accessType: 'subcontractor' };
  const before = await eventStore.head();
  return timed(installations, async () => {
    await askOf(service)(provider, 'administrator', 'ApproveShare', approval);
    await happened(eventStore, before, 'SharePackageCompleted');
  });
}

/** From the first confirmed step until the last is imported. */
async function importShare(
  service: Service,
  { requester }: Companies,
  shareId: string,
  installations: number,
): Promise<Measured> {
  const { eventStore } = service.ports;
  const ask = askOf(service);
  const steps: Step[] = await stepsFor(eventStore);
  const before = await eventStore.head();
  return timed(installations, async () => {
    for (const step of steps) {
      await ask(requester, 'administrator', 'ProcessShare', { shareId, referenceStyle: 'original', ...step });
    }
    await happened(eventStore, before, 'ShareStepImported', steps.length);
  });
}

/** From the revocation of the share until access to every installation of it has ended. */
async function measureRevocation(
  directory: string,
  { provider }: Companies,
  shareId: string,
  installations: number,
): Promise<Figure> {
  const service = await startService(directory);
  try {
    const { eventStore } = service.ports;
    const before = await eventStore.head();
    const measured = await timed(installations, async () => {
      await askOf(service)(provider, 'administrator', 'RevokeShare', { shareId });
      await happened(eventStore, before, 'InstallationAccessWithdrawn', installations);
    });
    return rate('revoke.items', [measured], 'items/s');
  } finally {
    await service.stop();
  }
}
