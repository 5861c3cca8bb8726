import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AccessIntervalView,
  AuditAccess,
  type GivenFilter,
  ListAccountsGivenTo,
  ListCustomersGivenOf,
  ListGivenAccess,
  type PageOf,
  type PageRequest,
  type Period,
  type ViewQuery,
} from '#application';
import type { Recorded } from '#contracts';
import { type AccessType, accessTypes } from '#domain/installation';
import { type Actor, plusMillis, Refusal } from '#domain/kernel';
import { type Position, START } from '#event-store';
import { createProcesses } from './index.ts';
import type { Work } from './process-manager.ts';
import { AccessReplay, type ReplayedInterval, type ReplayViewer } from './testing/access-replay.ts';
import { uid, World } from './testing/world.ts';
import { workDocument } from './work.ts';

const RUNS = 8;
const STEPS = 16;

const [frost, polar, nordic, arctic, hotel, stranger] = [1, 2, 3, 4, 5, 6].map(uid) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const COMPANIES = [frost, polar, nordic, arctic, hotel];
const EVERYBODY: readonly ReplayViewer[] = [...COMPANIES, stranger, 'auditor'];

const company = fc.constantFrom(...COMPANIES);
const some = fc.array(fc.nat(99), { minLength: 1, maxLength: 3 });

/** What happens next; numbers choose among what there is then. */
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('register' as const), by: company, place: fc.nat(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('move' as const), which: fc.nat(99), place: fc.nat(1) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      /** Whoever keeps that one. */
      by: fc.nat(9_999),
      to: company,
      type: fc.constantFrom<AccessType>(...accessTypes, 'installation-manager', 'installation-manager'),
      which: some,
      taken: fc.nat(99),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('revoke' as const), share: fc.nat(99), which: fc.option(some) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), grant: fc.nat(99) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('end' as const), link: fc.nat(99), revokeShares: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(1, 60_000, 3_600_000, 80 * 3_600_000, 40 * 24 * 3_600_000),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const lives = fc.record({
  steps: fc.array(step, { minLength: STEPS, maxLength: STEPS }),
  /** Which moments are asked about, and how large pages are. */
  moments: fc.array(fc.nat(9_999), { minLength: 3, maxLength: 3 }),
  pageSize: fc.integer({ min: 1, max: 7 }),
});

let world: World;
let made = 1_000;
const next = () => uid(++made);
let seen: Position = START;
let history: Recorded[] = [];
/** Two locations of each account, each of a customer of its own. */
const places = new Map<string, readonly string[]>();
const processes = createProcesses();

beforeAll(async () => {
  world = await World.open();
  for (const account of [...COMPANIES, stranger]) {
    await world.register(account, account === hotel ? 'connect' : 'service');
    const own = [next(), next()];
    places.set(account, own);
    for (const place of own) await world.keep(account, next(), place);
  }
  await world.install(frost, next(), placeOf(frost, 0));
  await settle();
});

afterAll(() => world.close());

function placeOf(account: string, at: number): { readonly locationId: string } {
  return { locationId: pick(places.get(account) ?? [], at) as string };
}

/** Lets every process do what follows from what is new, until nothing is. */
async function settle(): Promise<void> {
  for (;;) {
    const news = await world.history(seen);
    if (news.length === 0) return;
    history = [...history, ...news];
    seen = news.at(-1)?.position as Position;
    for (const process of processes) {
      const groups = new Map<string, Work[]>();
      for (const event of news.filter(({ type }) => process.startedBy.includes(type))) {
        const work = process.workFor(event);
        if (work === undefined) continue;
        const document = workDocument(process, work, event);
        const group = process.groupKey?.(document) ?? document.key;
        groups.set(group, [...(groups.get(group) ?? []), document]);
      }
      for (const [first, ...others] of groups.values()) {
        if (first === undefined) continue;
        while ((await process.step([first, ...others], world.dependencies)) === 'continue');
      }
    }
  }
}

/** Asks for it as a person of the account; what is refused did not happen. */
async function act(account: string, type: string, data: object): Promise<boolean> {
  const id = next();
  const actor = { account, user: `somebody's ${id}`, roles: ['administrator' as const] };
  try {
    await world.commands.send({ id, type, data, actor, correlationId: id, causationId: id });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

const eventsOf = <Type extends Recorded['type']>(type: Type) =>
  history.filter((event): event is Recorded & { type: Type } => event.type === type) as Extract<
    Recorded,
    { type: Type }
  >[];
const pick = <Thing>(things: readonly Thing[], at: number): Thing | undefined => things[at % things.length];

/** The connection between the two, made where there is none. */
async function linked(one: string, other: string): Promise<string> {
  const ended = new Set(eventsOf('ConnectionEnded').map(({ data }) => data.connectionId));
  const pair = [one, other].toSorted().join();
  const found = eventsOf('ConnectionCreated').findLast(({ data: { connectionId, account } }) => {
    const accepted = eventsOf('ConnectionAuthenticated').find(
      ({ data }) => data.connectionId === connectionId,
    );
    return [account, accepted?.data.account].toSorted().join() === pair && !ended.has(connectionId);
  });
  if (found) return found.data.connectionId;
  const connectionId = next();
  await world.connect(connectionId, one, other);
  await settle();
  return connectionId;
}

async function take(step: Step): Promise<void> {
  switch (step.kind) {
    case 'register':
      await world.install(step.by, next(), placeOf(step.by, step.place));
      break;
    case 'move': {
      const registered = pick(eventsOf('InstallationRegistered'), step.which)?.data;
      if (registered === undefined) return;
      const { installationId, account } = registered;
      await act(account, 'ChangeInstallation', { installationId, ...placeOf(account, step.place) });
      break;
    }
    case 'give':
      await give(step);
      break;
    case 'revoke':
      await revoke(step);
      break;
    case 'return': {
      const given = pick(eventsOf('InstallationAccessGranted'), step.grant)?.data;
      if (given === undefined) return;
      const { holder, grantId } = given.grant;
      await act(holder, 'ReturnAccess', { installationId: given.installationId, grantId });
      break;
    }
    case 'end': {
      const connection = pick(eventsOf('ConnectionCreated'), step.link)?.data;
      if (connection === undefined) return;
      const { connectionId, account } = connection;
      await act(account, 'EndConnection', { connectionId, revokeShares: step.revokeShares });
      break;
    }
    case 'wait':
      world.now = plusMillis(world.now, step.milliseconds);
  }
  await settle();
}

async function revoke({ share, which }: Extract<Step, { kind: 'revoke' }>): Promise<void> {
  const request = pick(eventsOf('ShareRequested'), share)?.data;
  if (request === undefined) return;
  const { shareId, provider } = request;
  const placed = eventsOf('ShareItemsPlaced').filter(({ data }) => data.shareId === shareId);
  const items = placed.flatMap(({ data }) => data.installations);
  const installations = [...new Set(which?.flatMap((at) => pick(items, at) ?? []))];
  const named = installations.length > 0 ? { installations } : {};
  await act(provider, 'RevokeShare', { shareId, ...named, reason: 'Sold.' });
}

async function give(step: Extract<Step, { kind: 'give' }>): Promise<void> {
  const { to, which, taken } = step;
  const own = eventsOf('InstallationRegistered').map(({ data }) => ({ ...data, keeper: data.account }));
  const held = eventsOf('InstallationAccessGranted').map(({ data }) => ({
    ...data,
    keeper: data.grant.holder,
  }));
  const by = pick([...own, ...held, ...held].toReversed(), step.by)?.keeper;
  if (by === undefined || by === to) return;
  // An owner of installations may be given nothing else.
  const type = to === hotel ? 'operator' : step.type;
  const keeps = [...own, ...held].flatMap(({ keeper, installationId }) =>
    keeper === by ? installationId : [],
  );
  const selection = [...new Set(which.flatMap((at) => pick(keeps, at) ?? []))];
  if (selection.length === 0) return;
  const connectionId = await linked(by, to);
  const shareId = next();
  await world.request(shareId, connectionId, to);
  const approval = { shareId, level: 'installation', selection, accessType: type };
  if (!(await act(by, 'ApproveShare', approval))) return;
  await settle();
  const target = placeOf(to, taken);
  const installations = selection
    .slice(0, 1 + (taken % selection.length))
    .map((installationId) => ({ installationId, target }));
  await act(to, 'ProcessShare', { shareId, referenceStyle: 'original', installations });
}

type Question = Pick<AuditAccess, 'subject' | 'period' | 'direction'>;

async function ask(
  by: ReplayViewer,
  query: Question,
  pageSize: number,
  of = world,
): Promise<ReplayedInterval[]> {
  const { subject, period, direction } = query;
  const found = await pagesOf(
    of,
    (page) => new AuditAccess(callerOf(by), subject, period, page, direction),
    pageSize,
  );
  return found.map((view) => plainly(view, by));
}

function callerOf(by: ReplayViewer): Actor {
  return by === 'auditor'
    ? { account: '', user: 'auditor', roles: ['auditor'] }
    : { account: by, user: 'somebody', roles: ['administrator'] };
}

async function pagesOf<Item>(
  { queries }: Pick<World, 'queries'>,
  query: (page: PageRequest) => ViewQuery<PageOf<Item>>,
  pageSize: number,
): Promise<Item[]> {
  const found: Item[] = [];
  let pageToken: string | undefined;
  do {
    const page: PageOf<Item> = await queries.execute(query({ pageSize, pageToken }));
    expect(page.items.length).toBeLessThanOrEqual(pageSize);
    found.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

/** What stands in an answer, in the words of the replay. */
function plainly({ installation, account, ...view }: AccessIntervalView, by: ReplayViewer): ReplayedInterval {
  type Decision = AccessIntervalView['authorisedBy'];
  const person = (decision: Decision) => {
    if (decision === undefined) return 'nobody';
    expect(decision.user !== undefined).toBe(by === 'auditor' || by === decision.account.id);
    return decision.user ?? `somebody of ${decision.account.id}`;
  };
  const { ended, path } = view;
  return {
    installation: installation.id,
    account: account.id,
    type: view.type,
    since: view.since,
    until: view.until,
    ended: ended?.kind,
    endedBy: ended && `${ended.account.id}: ${ended.decidedBy ? person(ended.decidedBy) : 'not known'}`,
    reason: ended?.reason,
    path: path.map(
      ({ giver, receiver, shareId, authorisedBy }) =>
        `${giver.id} gives ${receiver.id} by ${shareId}, approved by ${person(authorisedBy)}`,
    ),
    authorisedBy: person(view.authorisedBy),
    readableAsOf: view.readableAsOf,
    knownAsOf: view.knownAsOf,
  };
}

function within({ since, until }: ReplayedInterval, { at, from, to }: Period): boolean {
  const lasts = (moment: string) => until === undefined || moment < until;
  if (at !== undefined) return since <= at && lasts(at);
  return (to === undefined || since < to) && (from === undefined || lasts(from));
}

const sorted = (intervals: readonly ReplayedInterval[]) =>
  intervals.map((interval) => JSON.stringify(interval)).toSorted();

describe('who had access', () => {
  it('is answered as the log has it, to each as far as it may know, after any history', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async ({ steps, moments, pageSize }) => {
        for (const one of steps) await take(one);
        await world.caughtUp();
        const replay = new AccessReplay(history);
        const times = [...new Set(history.map(({ metadata }) => metadata.at))].toSorted();
        const [one, other, third] = moments.map((at) => pick(times, at) as string) as [
          string,
          string,
          string,
        ];
        const [from, last] = [one, other].toSorted() as [string, string];
        const to = plusMillis(last, 1);
        const periods: Period[] = [{}, { at: third }, { from, to }, { from: third }, { to: third }];
        const machines = eventsOf('InstallationRegistered').map(({ data }) => data.installationId);
        for (const by of EVERYBODY) {
          const known = replay.knownTo(by);
          for (const period of periods) {
            const expected = known.filter((interval) => within(interval, period));
            for (const account of COMPANIES) {
              const subject = { account };
              const found = await ask(by, { subject, period, direction: 'forward' }, pageSize);
              expect(sorted(found)).toStrictEqual(
                sorted(expected.filter((each) => each.account === account)),
              );
              if (account !== pick(COMPANIES, pageSize)) continue;
              const backward = await ask(by, { subject, period, direction: 'backward' }, 200);
              expect(backward.toReversed()).toStrictEqual(found);
            }
            const machine = pick(machines, moments[0] as number) as string;
            const query = { subject: { installation: machine }, period, direction: 'forward' as const };
            if (!known.some(({ installation }) => installation === machine)) {
              await expect(ask(by, query, pageSize)).rejects.toMatchObject({ code: 'not-found' });
              continue;
            }
            const found = await ask(by, query, pageSize);
            const ofMachine = expected.filter(({ installation }) => installation === machine);
            expect(sorted(found)).toStrictEqual(sorted(ofMachine));
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is shown to its giver, by account, by customer and by installation, as of any moment', async () => {
    const replay = new AccessReplay(history);
    const times = [...new Set(history.map(({ metadata }) => metadata.at))].toSorted();
    const moments = [
      undefined,
      ...[1, 2, 3, 4].map((at) => pick(times, Math.floor((times.length * at) / 5))),
    ];
    for (const by of COMPANIES) {
      const customers = replay.customersOf(by);
      const ofCustomer = (customer: string) => (interval: ReplayedInterval) =>
        customers.get(interval.installation) === customer;
      const givenAt = (at: string | undefined) =>
        replay
          .givenBy(by)
          .filter((interval) => (at === undefined ? interval.until === undefined : within(interval, { at })));
      const askAt = async (at: string | undefined, filter: GivenFilter, pageSize: number) => {
        const found = await pagesOf(
          world,
          (page) => new ListGivenAccess(callerOf(by), { at, ...filter }, page),
          pageSize,
        );
        return sorted(found.map((view) => plainly(view, by)));
      };
      for (const at of times) expect(await askAt(at, {}, 200)).toStrictEqual(sorted(givenAt(at)));
      for (const at of moments) {
        const given = givenAt(at);
        const ask = (filter: GivenFilter) => askAt(at, filter, 3);
        expect(await ask({})).toStrictEqual(sorted(given));
        for (const account of COMPANIES) {
          expect(await ask({ account })).toStrictEqual(
            sorted(given.filter((one) => one.account === account)),
          );
        }
        for (const customer of new Set(customers.values())) {
          const expected = given.filter(ofCustomer(customer));
          expect(await ask({ customer })).toStrictEqual(sorted(expected));
          const [{ account } = { account: polar }] = expected;
          const both = expected.filter((one) => one.account === account);
          expect(await ask({ customer, account })).toStrictEqual(sorted(both));
        }
        const [{ installation } = { installation: '' }] = given;
        if (installation === '') continue;
        const onIt = given.filter((one) => one.installation === installation);
        expect(await ask({ installation })).toStrictEqual(sorted(onIt));
      }
      for (const on of moments.map((moment) => moment?.slice(0, 10))) {
        const given = givenAt(on && `${on}T23:59:59.999Z`);
        const counted = (keyOf: (interval: ReplayedInterval) => string | undefined) =>
          [...Map.groupBy(given, keyOf)]
            .map(([of, all]) => [of, new Set(all.map(({ installation }) => installation)).size])
            .toSorted();
        const accounts = await pagesOf(world, (page) => new ListAccountsGivenTo(callerOf(by), on, page), 2);
        expect(accounts.map(({ account, installations }) => [account.id, installations])).toStrictEqual(
          counted(({ account }) => account),
        );
        const those = await pagesOf(world, (page) => new ListCustomersGivenOf(callerOf(by), on, page), 2);
        expect(those.map(({ customer, installations }) => [customer.id, installations])).toStrictEqual(
          counted(({ installation }) => customers.get(installation)),
        );
      }
    }
  });

  it('is answered alike by views that are built anew from the log', async () => {
    const rebuilt = await World.open(world);
    try {
      await rebuilt.caughtUp();
      for (const by of EVERYBODY) {
        for (const account of COMPANIES) {
          const query = { subject: { account }, period: {}, direction: 'forward' as const };
          expect(await ask(by, query, 200, rebuilt)).toStrictEqual(await ask(by, query, 200));
        }
      }
    } finally {
      await rebuilt.close();
    }
  });
});
