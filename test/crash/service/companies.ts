// Three companies in a chain, and the commands they send while the service is being killed.
import { setTimeout as pause } from 'node:timers/promises';
import type { PublicCommandType } from '#contracts/commands';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';
import { type Reachable, RetryingClient } from './retrying-client.ts';

const POLL_INTERVAL_MS = 10;
const ADDRESS = { street: 'Quay 1', postalCode: '2000', city: 'Antwerp', country: 'BE' };

/** One company, with the client that acts for it. */
class Company {
  private constructor(
    private readonly client: RetryingClient,
    private readonly journal: Journal,
    readonly accountId: string,
  ) {}

  static async register(service: Reachable, journal: Journal, name: string): Promise<Company> {
    const operator = await RetryingClient.signIn(service, '', ['operator']);
    const company = {
      name,
      vatNumber: 'BE0123456789',
      street: 'Quay 1',
      postalCode: '2000',
      city: 'Antwerp',
      country: 'BE',
    };
    const account = await journal.send(operator, 'RegisterAccount', { kind: 'service', name, company });
    const client = await RetryingClient.signIn(service, account, ['administrator']);
    return new Company(client, journal, account);
  }

  /** Sends a command until it is acknowledged, and gives the id it was about. */
  send(type: PublicCommandType, data: object): Promise<string> {
    return this.journal.send(this.client, type, data);
  }

  async connect(other: Company): Promise<string> {
    const { body } = await this.client.ask('POST', '/v1/connections', {
      body: { label: 'Mine' },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    return other.send('AuthenticateConnection', { token: body.token, label: 'Theirs' });
  }

  async addLocation(): Promise<{ readonly customer: string; readonly location: string }> {
    const customer = await this.send('AddCustomer', { name: 'Cool Foods', address: ADDRESS });
    const data = { customerId: customer, name: 'Cold store', address: ADDRESS };
    return { customer, location: await this.send('AddLocation', data) };
  }

  /** Sends a catalogue file until it is acknowledged; of a customer that takes no part in shares. */
  async importFile(references: readonly string[]): Promise<void> {
    const rows = references.map((reference) => `Filed Foods,Filed store,Dock 4,Ghent,${reference}`);
    const body = ['customer_name,location_name,location_street,location_city,reference', ...rows].join('\n');
    await this.client.ask('POST', '/v1/catalogue/imports', { body, headers: { 'content-type': 'text/csv' } });
    this.journal.files.push({ account: this.accountId, references });
  }

  /** Waits until the share has one of the statuses. */
  async shareIs(share: string, ...statuses: readonly string[]): Promise<string> {
    for (;;) {
      const { body } = await this.client.ask('GET', `/v1/shares/${share}`);
      if (statuses.includes(body.status)) return body.status;
      await pause(POLL_INTERVAL_MS);
    }
  }
}

/** A provider, a requester, and a second requester to which the first gives on. */
export class CompanyChain {
  private files = 0;

  private constructor(
    private readonly random: Random,
    private readonly first: Company,
    private readonly second: Company,
    private readonly third: Company,
    private readonly connections: readonly [string, string],
  ) {}

  static async connect(service: Reachable, journal: Journal, random: Random): Promise<CompanyChain> {
    const first = await Company.register(service, journal, 'First');
    const second = await Company.register(service, journal, 'Second');
    const third = await Company.register(service, journal, 'Third');
    const connections = [await first.connect(second), await second.connect(third)] as const;
    return new CompanyChain(random, first, second, third, connections);
  }

  /** A share from its request to a random end; some of its installations are given on, some revoked. */
  async share(): Promise<void> {
    const { random, first, second, third } = this;
    const site = await first.addLocation();
    const installations = await this.install(site.location);
    const share = await this.give(first, second, this.connections[0], site.customer, installations);
    const { location } = await second.addLocation();
    const taken = await this.take(second, share, location, installations);
    if (random.chance(0.3)) return this.revoke(first, share, taken);

    await second.shareIs(share, 'processed');
    if (random.chance(0.7)) {
      const onward = await this.give(second, third, this.connections[1], undefined, taken);
      await this.take(third, onward, (await third.addLocation()).location, taken);
      if (random.chance(0.5)) await third.shareIs(onward, 'processed');
    }
    if (random.chance(0.6)) await this.revoke(first, share, taken);
  }

  /** Imports a file of new installations into the first company's catalogue. */
  async import(): Promise<void> {
    this.files += 1;
    const rows = this.random.between(50, 300);
    await this.first.importFile(Array.from({ length: rows }, (_, n) => `F${this.files}-${n}`));
  }

  private async install(locationId: string): Promise<string[]> {
    const { random, first } = this;
    const installations: string[] = [];
    for (let n = random.between(2, 5); n > 0; n--) {
      const installationId = await first.send('RegisterInstallation', { locationId, reference: `R${n}` });
      installations.push(installationId);
    }
    const installationId = random.oneOf(installations);
    const activity = { kind: 'work-order', performedOn: '2026-03-02', summary: 'Leak check.' };
    await first.send('AddActivity', { installationId, ...activity });
    await first.send('ChangeInstallation', { installationId, brand: 'Carrier' });
    return installations;
  }

  private async give(
    giver: Company,
    taker: Company,
    connectionId: string,
    customer: string | undefined,
    installations: readonly string[],
  ): Promise<string> {
    const { random } = this;
    const whole = customer !== undefined && random.chance(0.5);
    const level = whole ? 'customer' : 'installation';
    const shareId = await taker.send('RequestShare', {
      connectionId,
      name: 'Take over',
      suggestedLevel: level,
    });
    await giver.send('ApproveShare', {
      shareId,
      level,
      selection: whole ? [customer] : installations,
      // The access type that every holder may give on.
      accessType:
        customer === undefined ? 'subcontractor' : random.oneOf(['installation-manager', 'subcontractor']),
    });
    await taker.shareIs(shareId, 'available');
    return shareId;
  }

  /** In one step or two, sometimes with declined installations. Returns those taken over. */
  private async take(
    taker: Company,
    shareId: string,
    locationId: string,
    installations: readonly string[],
  ): Promise<readonly string[]> {
    const { random } = this;
    const target = { locationId };
    const first = random.between(1, installations.length);
    await taker.send('ProcessShare', {
      shareId,
      referenceStyle: 'original',
      installations: installations.slice(0, first).map((installationId) => ({ installationId, target })),
    });
    const [declined, ...finalState] = installations.slice(first);
    if (declined === undefined) return installations;
    await taker.send('ProcessShare', {
      shareId,
      referenceStyle: 'customer',
      installations: finalState.map((installationId) => ({ installationId, target })),
      decline: [declined],
    });
    return installations.filter((installation) => installation !== declined);
  }

  private async revoke(giver: Company, shareId: string, taken: readonly string[]): Promise<void> {
    const { random } = this;
    const some = random.chance(0.3) ? { installations: taken.slice(0, 1) } : {};
    await giver.send('RevokeShare', { shareId, reason: 'Enough.', ...some });
  }
}
