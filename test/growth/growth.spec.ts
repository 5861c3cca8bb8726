// No query looks at more than a page takes, however much there is, and none looks at much before it lets others in.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AuditAccess,
  type AuditExport,
  CheckAccess,
  ExportHistory,
  type FailedRows,
  GetCatalogueEntry,
  GetCheckpoint,
  GetConnection,
  GetDashboard,
  GetErasure,
  GetEvidence,
  GetFailedRows,
  GetHistory,
  GetImport,
  GetInstallation,
  GetOwnAccount,
  GetPackage,
  GetPlan,
  GetProof,
  GetRevocation,
  GetSealKeys,
  GetShare,
  GetStory,
  GetTokenExpiry,
  GetWebhook,
  ListAccessOfAccount,
  ListAccessToInstallation,
  ListAccounts,
  ListAccountsGivenTo,
  ListActivities,
  ListAnnounced,
  ListCatalogue,
  ListConnections,
  ListCustomersGivenOf,
  ListDeliveries,
  ListErasures,
  ListGivenAccess,
  ListGrants,
  ListImports,
  ListInbox,
  ListInstallations,
  ListLeftOut,
  ListShareDocuments,
  ListShares,
  ListWebhooks,
  PreviewApproval,
  PreviewRevocation,
  queryHandlers,
  RehearsedLog,
  type ViewQuery,
} from '#application';
import type { Actor } from '#domain/kernel';
import { type GrownCompany, growCompany } from './company.ts';
import type { Looked } from './counting.ts';
import { BIG, COMMAND, FORMER, idOf, NOW, TAKER, THIRD } from './history.ts';

/** More of everything than any query below may look at, so that one that goes through all of it is found. */
const SIZE = 1_500;

/** What a page may look at: what is shown and what belongs to it, as names, states and candidates of a match. */
const A_PAGE: Looked = { documents: 1_200, counted: 0, events: 500 };

/** What one turn of the event loop may look at, before others get theirs. */
const A_TURN: Looked = { documents: 1_100, counted: 0, events: 6_000 };

/** What a page looks at where no index tells apart what the caller may see, or asks for: it may be a short one. */
const SEARCHED = { documents: 4_500 };
/** What an answer may look at that is about all of something. */
const ALL = Number.POSITIVE_INFINITY;

const BEFORE = '2026-02-01T00:00:00.000Z';
const page = { pageSize: 50 };
/** In the middle of what the former holder had. */
const LONG_AGO = '2025-10-01T09:00:00.000Z';
const as = (account: string, role: Actor['roles'][number] = 'administrator'): Actor => {
  return { account, user: 'ann', roles: [role] };
};
const big = as(BIG);
const taker = as(TAKER);
const auditor = as('', 'auditor');
const busy = idOf('installation', 0);
const approval = {
  shareId: 'share-asked',
  level: 'customer',
  selection: [idOf('customer', 0)],
  accessType: 'on-loan',
  documentIdentity: 'performer',
} as const;

interface Asked {
  readonly query: () => ViewQuery<unknown>;
  /** What is read of the answer while it is taken. */
  readonly taken?: (answer: never) => AsyncIterable<unknown>;
  /** What it may look at beside a page. */
  readonly most?: Partial<Looked>;
  /** What it may look at in one turn. */
  readonly turn?: Partial<Looked>;
}

/** Every query there is, as it looks at most. */
const ASKED: Readonly<Record<string, Asked>> = {
  ListAccounts: { query: () => new ListAccounts(auditor, page) },
  'ListAccounts, searched': { query: () => new ListAccounts(auditor, { ...page, q: 'company' }) },
  GetOwnAccount: { query: () => new GetOwnAccount(big) },
  GetConnection: { query: () => new GetConnection(big, 'connection-taker') },
  ListConnections: { query: () => new ListConnections(big, {}, page) },
  // By the names of those it is connected with, up to a number.
  'ListConnections, searched': {
    query: () => new ListConnections(big, {}, { ...page, q: 'nothing' }),
    most: SEARCHED,
  },
  'ListConnections, pending': { query: () => new ListConnections(big, { status: 'expired' }, page) },
  GetTokenExpiry: {
    query: () => new GetTokenExpiry(big, 'connection-taker', COMMAND),
  },
  ListAnnounced: { query: () => new ListAnnounced(big, rehearsed) },
  GetCatalogueEntry: { query: () => new GetCatalogueEntry(big, 'customer', idOf('customer', 0)) },
  ListCatalogue: { query: () => new ListCatalogue(big, 'location', {}, page) },
  'ListCatalogue, searched': { query: () => new ListCatalogue(big, 'building', {}, { ...page, q: 'hall' }) },
  GetInstallation: { query: () => new GetInstallation(big, busy) },
  ListInstallations: { query: () => new ListInstallations(big, {}, page) },
  'ListInstallations, searched': { query: () => new ListInstallations(big, {}, { ...page, q: 'daikin' }) },
  // By the names and addresses of places, up to a number.
  'ListInstallations, searched by an address': {
    query: () => new ListInstallations(big, {}, { ...page, q: 'daikin havenstr. 1 rotterdam 3011 aa' }),
    most: SEARCHED,
  },
  'ListInstallations, by a filter without an index': {
    query: () => new ListInstallations(big, { customerId: idOf('customer', 0), access: 'former' }, page),
    most: SEARCHED,
  },
  ListActivities: { query: () => new ListActivities(big, busy, page) },
  'ListActivities, with documents': { query: () => new ListActivities(big, busy, page, true) },
  ListShareDocuments: {
    query: () => new ListShareDocuments(big, 'share-given', page),
    most: SEARCHED,
  },
  ListGrants: { query: () => new ListGrants(big, busy, page) },
  GetShare: { query: () => new GetShare(big, 'share-given') },
  ListShares: { query: () => new ListShares(big, {}, page) },
  'ListShares, searched': {
    query: () => new ListShares(big, {}, { ...page, q: 'winter' }),
    most: SEARCHED,
  },
  'ListShares, revocable': { query: () => new ListShares(big, { revocable: true }, page), most: SEARCHED },
  GetPackage: { query: () => new GetPackage(taker, 'share-open', undefined, page) },
  ListLeftOut: { query: () => new ListLeftOut(big, 'share-open', page) },
  GetPlan: { query: () => new GetPlan(taker, 'share-open', page), most: { events: ALL } },
  PreviewApproval: {
    query: () => new PreviewApproval(big, approval, page),
    most: { documents: ALL, events: ALL },
  },
  PreviewRevocation: {
    query: () => new PreviewRevocation(big, 'share-given', undefined),
    most: { documents: ALL, events: ALL },
  },
  'PreviewRevocation, of what was not given on': {
    query: () => new PreviewRevocation(taker, 'share-onward', undefined),
    most: { events: ALL },
  },
  GetRevocation: {
    query: () => new GetRevocation(big, 'share-given', COMMAND, undefined),
    most: { documents: ALL, events: ALL },
  },
  ListInbox: { query: () => new ListInbox(big, undefined, page) },
  'ListInbox, read': { query: () => new ListInbox(big, true, { pageSize: 1 }) },
  'ListInbox, unread': { query: () => new ListInbox(big, false, page) },
  GetImport: { query: () => new GetImport(big, 'import', undefined) },
  ListImports: { query: () => new ListImports(big, page) },
  GetFailedRows: {
    query: () => new GetFailedRows(big, 'import'),
    taken: ({ rows }: FailedRows) => rows,
    most: { documents: ALL, events: ALL },
  },
  GetDashboard: { query: () => new GetDashboard(big, 366) },
  CheckAccess: {
    query: () => new CheckAccess(big, [{ account: TAKER, installation: busy, action: 'read' }]),
  },
  ListAccessOfAccount: { query: () => new ListAccessOfAccount(as(THIRD), THIRD, page) },
  'ListAccessOfAccount, of those below': { query: () => new ListAccessOfAccount(big, THIRD, page) },
  'ListAccessOfAccount, by a stranger': {
    query: () => new ListAccessOfAccount(as(idOf('other', 0)), BIG, page),
  },
  ListAccessToInstallation: { query: () => new ListAccessToInstallation(big, busy, page) },
  GetHistory: { query: () => new GetHistory(big, 'installation', busy, {}, page) },
  'GetHistory, of a share': {
    query: () => new GetHistory(taker, 'share', 'share-given', {}, page),
    most: { events: 6_000 },
  },
  'GetHistory, of what is mostly hidden': {
    query: () => new GetHistory(taker, 'connection', 'connection-taker', {}, page),
    most: { events: 1_200 },
  },
  'GetHistory, as of a moment': {
    query: () => new GetHistory(auditor, 'installation', busy, { asOf: NOW }, page),
    most: { events: ALL },
  },
  AuditAccess: { query: () => new AuditAccess(big, { installation: busy }, {}, page) },
  'AuditAccess, of an account': { query: () => new AuditAccess(auditor, { account: BIG }, {}, page) },
  'AuditAccess, of an account at a moment': {
    query: () => new AuditAccess(auditor, { account: BIG }, { at: NOW }, page),
  },
  'AuditAccess, of those below': {
    query: () => new AuditAccess(big, { account: THIRD }, { from: NOW }, page),
  },
  'AuditAccess, at a moment between many that ended': {
    query: () => new AuditAccess(auditor, { account: FORMER }, { at: LONG_AGO }, page),
  },
  'AuditAccess, of a period between many that ended': {
    query: () => new AuditAccess(big, { account: FORMER }, { from: LONG_AGO, to: NOW }, page, 'backward'),
  },
  ListGivenAccess: { query: () => new ListGivenAccess(big, {}, page) },
  'ListGivenAccess, of a customer at a moment': {
    query: () => new ListGivenAccess(big, { customer: idOf('customer', 0), at: LONG_AGO }, page),
  },
  'ListGivenAccess, of a customer to an account': {
    query: () => new ListGivenAccess(big, { customer: idOf('customer', 0), account: THIRD }, page),
    most: SEARCHED,
  },
  ListAccountsGivenTo: { query: () => new ListAccountsGivenTo(big, LONG_AGO.slice(0, 10), page) },
  ListCustomersGivenOf: { query: () => new ListCustomersGivenOf(big, undefined, page) },
  'GetHistory, of two moments': {
    query: () => new GetHistory(taker, 'share', 'share-given', { from: BEFORE, to: NOW }, page),
    most: { events: ALL },
  },
  ExportHistory: {
    query: () => new ExportHistory(auditor, { kind: 'installation', id: busy }, {}),
    taken: ({ pages }: AuditExport) => pages,
    most: { events: ALL },
  },
  'ExportHistory, of everything': {
    query: () => new ExportHistory(auditor, undefined, {}),
    taken: ({ pages }: AuditExport) => pages,
    most: { documents: ALL, events: ALL },
    // What follows the log is given a mebibyte of it at once.
    turn: { events: 10_000 },
  },
  GetStory: { query: () => new GetStory(auditor, company.storyEvent, page) },
  'GetStory, of a party': {
    query: () => new GetStory(taker, company.storyEvent, page),
    most: { events: 6_000 },
  },
  GetCheckpoint: { query: () => new GetCheckpoint(big) },
  GetSealKeys: { query: () => new GetSealKeys(big) },
  GetProof: { query: () => new GetProof(auditor, company.sealedEvent, 1_000) },
  GetEvidence: {
    query: () => new GetEvidence(auditor, busy, THIRD),
    most: { documents: ALL, events: ALL },
  },
  GetErasure: { query: () => new GetErasure(big, idOf('erasure', 0)) },
  ListErasures: { query: () => new ListErasures(big, page) },
  GetWebhook: { query: () => new GetWebhook(big, idOf('webhook', 0)) },
  ListWebhooks: { query: () => new ListWebhooks(big, page) },
  ListDeliveries: { query: () => new ListDeliveries(big, idOf('webhook', 0), undefined, page) },
  'ListDeliveries, of those that failed': {
    query: () => new ListDeliveries(big, idOf('webhook', 0), 'failed', page),
  },
};

let company: GrownCompany;
let rehearsed: RehearsedLog;

beforeAll(async () => {
  company = await growCompany(SIZE);
  rehearsed = new RehearsedLog(company.log);
  const archived = {
    id: '01980000-0000-7000-8000-000000000001',
    type: 'InstallationArchived',
    data: { installationId: busy, account: BIG },
    metadata: { at: NOW, actor: { ...big, role: 'administrator' } },
  };
  await rehearsed.append(`installation-${busy}`, [archived], 'any');
});

afterAll(() => company.close());

describe('the cost is bounded whatever the size', () => {
  it('every query is measured here', () => {
    const asked = new Set(Object.values(ASKED).map(({ query }) => `${query().constructor.name}Handler`));
    expect(queryHandlers.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it.each(Object.keys(ASKED))('%s looks at no more than a page takes, and lets others in', async (name) => {
    const { query, taken, most, turn } = ASKED[name] as Asked;
    const { inAll, atOnce } = await company.counting.of(async () => {
      const answer = await company.queries.execute(query());
      for await (const _ of taken?.(answer as never) ?? []);
    });
    expect({ name, ...over(inAll, { ...A_PAGE, ...most }) }).toEqual({ name });
    expect({ name, ...over(atOnce, { ...A_TURN, ...turn }) }).toEqual({ name });
  });
});

/** Of what more was looked at than may be. */
function over(looked: Looked, most: Looked): Partial<Looked> {
  const kinds = Object.keys(looked) as (keyof Looked)[];
  return Object.fromEntries(
    kinds.filter((kind) => looked[kind] > most[kind]).map((kind) => [kind, looked[kind]]),
  );
}
