// Helpers for acceptance stories: companies, their catalogues, connections between them, and shares.
import type { AccountKind, CompanyDetails } from '#domain/account';
import type { Role } from '#domain/kernel';
import type { TransferLevel } from '#domain/share';
import type { Settings } from '../programs/program.ts';
import { type Answer, Consistency, Member } from './client.ts';
import { borrowService, type Reachable, RunningService, type Service, startService } from './service.ts';

/** Any JSON that a read returns. */
// biome-ignore lint/suspicious/noExplicitAny: a story reads what it expects to be there
export type View = Record<string, any>;

/** The content of an approval. */
export interface Approval {
  readonly level: TransferLevel;
  readonly selection: readonly string[];
  readonly accessType: string;
  readonly documentIdentity?: 'performer' | 'giver';
  readonly until?: string;
}

/** A running service, and the companies that use it. */
export class World {
  private companies = 0;
  readonly anonymous: Member;

  protected constructor(
    protected service: Reachable,
    readonly operator: Member,
    /** Whatever one of its members writes, all of them read. */
    private readonly consistency: Consistency,
  ) {
    this.anonymous = new Member(service, '', undefined, new Consistency());
  }

  /** On a service that other stories may have used before, with their companies; its clock may have been moved. */
  static async begin(): Promise<World> {
    const service = await borrowService();
    const consistency = new Consistency();
    return new World(service, await operatorOf(service, consistency), consistency);
  }

  async end(): Promise<void> {
    await this.service.dispose();
  }

  get url(): string {
    return this.service.url;
  }

  /** Registers a company, with one user of each role. */
  async company(kind: AccountKind, name: string): Promise<Company> {
    this.companies += 1;
    // None of them can occur in an id or a time by chance.
    const details: CompanyDetails = {
      name: `${name} Ltd`,
      vatNumber: `BE${String(this.companies).padStart(10, '0')}`,
      street: 'Main Street 1',
      postalCode: 'B-1000',
      city: 'Brussels',
      country: 'BE',
    };
    const body = { kind, name, company: details };
    const id = await created(this.operator.post('/v1/accounts', body));
    const [administrator, manager, technician] = await Promise.all([
      this.member(id, 'administrator'),
      this.member(id, 'manager'),
      this.member(id, 'technician'),
    ]);
    return new Company(id, name, details, administrator, manager, technician);
  }

  /** A user with these roles at an account; without an account, with roles of the platform. */
  member(account: string, ...roles: Role[]): Promise<Member> {
    return Member.signIn(this.service, account, roles, this.consistency);
  }

  /** A user with this token. */
  somebodyWith(token: string): Member {
    return new Member(this.service, '', token, new Consistency());
  }

  /** An active connection of the two. */
  async connect(one: Company, other: Company): Promise<string> {
    const { id, token } = await ok(one.administrator.post('/v1/connections', { label: other.name }));
    const answer = { token, label: one.name };
    await ok(other.administrator.post('/v1/connections/authenticate', answer));
    return id;
  }

  /** A share from provider to requester over a connection of theirs, ready to be processed. */
  async give(provider: Company, requester: Company, connection: string, approval: Approval): Promise<string> {
    const share = await requester.request(connection, approval.level);
    await ok(provider.administrator.post(`/v1/shares/${share}/approve`, approval));
    await available(requester, share);
    return share;
  }

  /** Moves the service's clock forward, by a duration such as `PT73H`. */
  async advance(duration: string): Promise<void> {
    await ok(this.anonymous.request('POST', '/dev/clock', { body: { advance: duration } }));
  }

  async now(): Promise<Date> {
    const { now } = await ok(this.anonymous.request('GET', '/dev/clock'));
    return new Date(now);
  }
}

/** A world with its own service, which can be stopped and configured. */
export class OwnWorld extends World {
  private constructor(
    protected override service: Service,
    operator: Member,
    consistency: Consistency,
  ) {
    super(service, operator, consistency);
  }

  /** @param settings of the service's environment */
  static override async begin(settings: Settings = {}): Promise<OwnWorld> {
    const service = await startService(settings);
    const consistency = new Consistency();
    return new OwnWorld(service, await operatorOf(service, consistency), consistency);
  }

  /** The folder of the embedded stores; `undefined` where the stores are shared. */
  get dataDir(): string | undefined {
    return this.service instanceof RunningService ? this.service.dataDir : undefined;
  }

  /** Stops the service; gives its exit code. */
  stop(): Promise<number | null> {
    return this.service.stop();
  }

  /** Stops the service, and starts it again with other settings on the same data. */
  async restart(settings: Settings = {}): Promise<void> {
    this.service = await this.service.restart(settings);
  }
}

/** Each shows another view. */
const SHOWN = [
  ...['customers', 'installations', 'connections', 'shares', 'catalogue/imports', 'access/given'],
  ...['inbox', 'dashboard', 'changes', 'webhooks', 'erasures'],
];

/** The operator of a service, once that has built its views: on a busy machine it is ready before. */
async function operatorOf(service: Reachable, consistency: Consistency): Promise<Member> {
  const somebody = await Member.signIn(service, crypto.randomUUID(), ['administrator'], consistency);
  for (const shown of SHOWN) {
    await until(
      () => somebody.get(`/v1/${shown}`),
      ({ status }) => status !== 503,
    );
  }
  return Member.signIn(service, '', ['operator'], consistency);
}

/** A site in one company's catalogue. */
export interface Site {
  readonly customer: string;
  readonly location: string;
  readonly installations: readonly string[];
}

/** An account with its users, and common requests. */
export class Company {
  private things = 0;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly details: CompanyDetails,
    readonly administrator: Member,
    readonly manager: Member,
    readonly technician: Member,
  ) {}

  addCustomer(details: object = {}): Promise<string> {
    const name = this.nameFor('customer');
    return created(this.administrator.post('/v1/customers', { name, address: ADDRESS, ...details }));
  }

  addLocation(customerId: string, details: object = {}): Promise<string> {
    const name = this.nameFor('location');
    const body = { customerId, name, address: ADDRESS, ...details };
    return created(this.administrator.post('/v1/locations', body));
  }

  addBuilding(locationId: string, details: object = {}): Promise<string> {
    const body = { locationId, name: this.nameFor('building'), ...details };
    return created(this.administrator.post('/v1/buildings', body));
  }

  /** @param place with a `locationId` or a `buildingId`, and further fields */
  addInstallation(place: object): Promise<string> {
    const body = { reference: this.nameFor('installation'), ...place };
    return created(this.administrator.post('/v1/installations', body));
  }

  /** A customer with one location, and `count` installations there. */
  async addSite(count: number): Promise<Site> {
    const customer = await this.addCustomer();
    const location = await this.addLocation(customer);
    const installations: string[] = [];
    for (let i = 0; i < count; i++) installations.push(await this.addInstallation({ locationId: location }));
    return { customer, location, installations };
  }

  /** Asks the other side of a connection for a share. */
  request(connectionId: string, suggestedLevel: TransferLevel = 'installation'): Promise<string> {
    const body = { connectionId, name: this.nameFor('share'), suggestedLevel };
    return created(this.administrator.post('/v1/shares', body));
  }

  /** The share as this company reads it. */
  share(id: string): Promise<View> {
    return ok(this.administrator.get(`/v1/shares/${id}`));
  }

  installation(id: string): Promise<View> {
    return ok(this.administrator.get(`/v1/installations/${id}`));
  }

  /**
   * Reads until the condition holds. What was seen by then is what all companies read from then on: without that, another
   * view may be behind the one that was read.
   * @returns the first read that fulfils it
   */
  async sees<Read>(read: () => Promise<Read>, condition: (read: Read) => boolean): Promise<Read> {
    const found = await until(read, condition);
    await this.technician.catchUp();
    return found;
  }

  /** The live grant it holds on an installation through a share. */
  async grantOn(installation: string, share: string): Promise<string> {
    const { items } = await ok(this.administrator.get(`/v1/installations/${installation}/grants`));
    return items.find((grant: View) => grant.shareId === share && grant.holder.id === this.id).id;
  }

  /** Takes over everything on offer in a share, at a location of its own, and waits until it is placed. */
  async take(share: string, locationId: string): Promise<void> {
    const { items } = await ok(this.manager.get(`/v1/shares/${share}/package?state=offered&pageSize=200`));
    await this.takeSome(
      share,
      locationId,
      items.map((item: View) => item.installationId),
    );
    await processed(this, share);
  }

  /** Confirms a step that puts these installations at a location of its own. */
  async takeSome(share: string, locationId: string, installations: readonly string[]): Promise<void> {
    await ok(
      this.manager.post(`/v1/shares/${share}/process`, {
        referenceStyle: 'original',
        installations: installations.map((installationId) => ({ installationId, target: { locationId } })),
      }),
    );
  }

  private nameFor(thing: string): string {
    this.things += 1;
    return `${this.name} ${thing} ${this.things}`;
  }
}

const ADDRESS = { street: 'Quay 1', postalCode: '2000', city: 'Antwerp', country: 'BE' };

export function available(reader: Company, share: string): Promise<View> {
  return shareUntil(reader, share, ({ status }) => status === 'available');
}

/** Waits until so many of its items are placed, and the step that placed them is over. */
export function placed(reader: Company, share: string, count: number): Promise<View> {
  return shareUntil(reader, share, ({ items, progress }) => items.placed === count && !progress);
}

export function processed(reader: Company, share: string): Promise<View> {
  return shareUntil(reader, share, ({ status }) => status === 'processed');
}

/** Waits until a party's view of a share fulfils the condition. */
export function shareUntil(
  reader: Company,
  share: string,
  condition: (view: View) => boolean,
): Promise<View> {
  return reader.sees(() => reader.share(share), condition);
}

/** Waits until a company has lost its access to an installation. */
export function withdrawn(company: Company, installation: string): Promise<View> {
  return company.sees(
    () => company.installation(installation),
    ({ access }) => access.endedAt !== undefined,
  );
}

/** Catches hangs only. */
const TIMEOUT_MS = 120_000;
/** Each look takes its share of what it waits for. */
const POLL_INTERVAL_MS = 25;

/**
 * Reads until the condition holds.
 * @returns the first read that fulfils it
 * @throws Error with the last read, when that takes too long
 */
export async function until<Read>(
  read: () => Promise<Read>,
  condition: (read: Read) => boolean,
): Promise<Read> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const found = await read();
    if (condition(found)) return found;
    if (Date.now() > deadline) {
      throw new Error(
        `The condition was not fulfilled in time. Last read: ${JSON.stringify(found, null, 2)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}

/**
 * The body of a successful answer.
 * @throws Error with the problem, when the answer was not successful
 */
export async function ok(answering: Promise<Answer>): Promise<View> {
  const { status, body } = await answering;
  if (status < 300) return body;
  throw new Error(`Answered ${status}: ${JSON.stringify(body, null, 2)}`);
}

/** The id in a successful answer. */
export async function created(answering: Promise<Answer>): Promise<string> {
  return (await ok(answering)).id;
}

/** The fields of a refusal that clients may rely on. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly currentStatus?: string;
  readonly allowedActions?: readonly string[];
}

/** The fields of `Refused` in an answer, for comparisons. */
export async function refusalOf(answering: Promise<Answer>): Promise<Refused> {
  const { status, body } = await answering;
  const { code, currentStatus, allowedActions } = body;
  return {
    status,
    code,
    ...(currentStatus !== undefined && { currentStatus }),
    ...(allowedActions !== undefined && { allowedActions }),
  };
}
