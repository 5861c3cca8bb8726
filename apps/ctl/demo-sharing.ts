// From strangers to a processed share.
import { randomUUID } from 'node:crypto';
import type {
  ApprovalPreview,
  ConnectionView,
  ImportView,
  ListedInstallation,
  PackageItemView,
  PageOf,
  ProcessingPlan,
} from '#application';
import { catalogueFile, INSTALLATION_COUNT, PER_LOCATION } from './demo-catalogue.ts';
import { type Approval, type Created, type Stage, until, WHOLE } from './demo-stage.ts';

/** Connects owner and contractor; gives the connection's id (R-C1). */
export async function connectWithToken(stage: Stage): Promise<string> {
  const { owner, contractor, subcontractor } = stage.cast;
  stage.narrator.chapter('A connection, with a one-time token');
  const { id, token } = await owner.administrator.post<Created & { token: string }>('/v1/connections', {
    label: 'Our refrigeration contractor',
  });
  stage.narrator.note(`${owner.name} creates it and passes the token on: ${token.slice(0, 12)}…`);
  const accepted = { token, label: owner.name };
  const connection = await contractor.administrator.post<ConnectionView>(
    '/v1/connections/authenticate',
    accepted,
  );
  stage.narrator.check('the connection is active', connection.status, 'active');
  await stage.tellNotices(owner, contractor);
  const again = await subcontractor.administrator.refusal('POST', '/v1/connections/authenticate', accepted);
  stage.narrator.refusal(`${subcontractor.name} finds the token and tries it`, again);
  stage.narrator.check('the token works once', [again.status, again.code], [422, 'token-invalid']);
  return id;
}

/** Fills the owner's catalogue from a file; gives its locations, in the file's order. */
export async function importCatalogue(stage: Stage): Promise<readonly string[]> {
  const { owner } = stage.cast;
  stage.narrator.chapter(`${owner.name} imports its catalogue`);
  const imported = await importFile(stage);
  stage.narrator.note(
    `${imported.rows} rows of CSV: ${imported.imported} imported, ${imported.failed} failed.`,
  );
  stage.narrator.check('every row is imported', imported.imported, INSTALLATION_COUNT);
  await importFile(stage);
  const { items } = await owner.manager.get<PageOf<ListedInstallation>>(`/v1/installations?${WHOLE}`);
  stage.narrator.check('the same file again adds nothing', items.length, INSTALLATION_COUNT);
  const byReference = [...items].sort((one, other) => (one.reference < other.reference ? -1 : 1));
  return [...new Set(byReference.map(({ locationId }) => locationId))];
}

async function importFile(stage: Stage): Promise<ImportView> {
  const { administrator } = stage.cast.owner;
  const { id } = await administrator.upload<Created>('/v1/catalogue/imports', 'text/csv', catalogueFile);
  return until(
    () => administrator.get<ImportView>(`/v1/catalogue/imports/${id}`),
    ({ status }) => status !== 'running',
  );
}

/** Gives the id of the share the contractor asks for (R-S1, R-S10). */
export async function request(stage: Stage, connectionId: string): Promise<string> {
  const { owner, contractor, helper } = stage.cast;
  stage.narrator.chapter(`${contractor.name} requests a share`);
  const request = {
    connectionId,
    name: 'Maintenance 2026',
    explanation: 'We take over maintenance and would like to continue the logbooks.',
    suggestedLevel: 'location',
  };
  const technician = await contractor.technician.refusal('POST', '/v1/shares', request);
  stage.narrator.refusal('A technician tries', technician);
  stage.narrator.check('a request needs an administrator', technician.status, 403);

  const { id } = await contractor.administrator.post<Created>('/v1/shares', request);
  const [requester, provider] = await stage.bothViews(id, contractor, owner);
  stage.narrator.check(
    'each party has its own view',
    [requester.status, provider.status],
    ['requested', 'to-evaluate'],
  );
  await stage.tellEvents(owner.administrator, 'shares', id);
  await stage.tellNotices(owner);

  const own = await contractor.administrator.refusal('POST', `/v1/shares/${id}/approve`, {
    level: 'location',
    selection: [id],
    accessType: 'subcontractor',
  });
  stage.narrator.refusal(`${contractor.name} tries to approve its own request`, own);
  stage.narrator.check('only the provider evaluates', [own.status, own.code], [409, 'not-the-provider']);
  const stranger = await helper.administrator.refusal('GET', `/v1/shares/${id}`);
  stage.narrator.refusal(`${helper.name} asks for the share`, stranger);
  stage.narrator.check('a stranger learns nothing', [stranger.status, stranger.code], [404, 'not-found']);
  return id;
}

/** The owner gives its first two locations, once it has seen what that comes to (R-S5). */
export async function approve(stage: Stage, shareId: string, locations: readonly string[]): Promise<void> {
  const { owner, contractor } = stage.cast;
  stage.narrator.chapter(`${owner.name} looks at what it would share, and approves`);
  const approval: Approval = {
    level: 'location',
    selection: locations.slice(0, 2),
    accessType: 'installation-manager',
  };
  const preview = await owner.administrator.post<ApprovalPreview>(`/v1/shares/${shareId}/preview`, approval);
  const { counts } = preview;
  stage.narrator.note(
    `Preview: ${counts.installations} installations at ${counts.locations} of ${locations.length} locations, ` +
      `${counts.leftOut} left out.`,
  );
  stage.narrator.check('the preview shows what is selected', counts.installations, 2 * PER_LOCATION);

  await owner.administrator.post(`/v1/shares/${shareId}/approve`, approval);
  await stage.shareUntil(contractor, shareId, ({ status }) => status === 'available');
  await stage.tellEvents(owner.administrator, 'shares', shareId);
  const [requester] = await stage.bothViews(shareId, contractor, owner);
  stage.narrator.check('all of it is on offer', requester.items.offered, 2 * PER_LOCATION);
  await stage.tellNotices(contractor);
  const late = await owner.administrator.refusal('POST', `/v1/shares/${shareId}/reject`);
  stage.narrator.refusal(`${owner.name} thinks again and tries to reject`, late);
  stage.narrator.check('what was approved is evaluated', late.code, 'share-not-requested');
}

/** Both parties read what was collected, as far as the level allows (R-S8). */
export async function readPackage(stage: Stage, shareId: string): Promise<void> {
  const { owner, contractor } = stage.cast;
  stage.narrator.chapter(`${contractor.name} reads the package, and what the plan proposes`);
  const path = `/v1/shares/${shareId}/package?${WHOLE}`;
  const { items } = await contractor.manager.get<PageOf<PackageItemView>>(path);
  for (const { reference, properties, location } of items.slice(0, 3)) {
    stage.narrator.note(`${reference}: ${properties?.brand} ${properties?.model}, at ${location?.name}`);
  }
  stage.narrator.note(`… and ${items.length - 3} more.`);
  stage.narrator.check('both parties read the same package', await owner.manager.get(path), {
    items,
    total: items.length,
  });
  stage.narrator.check(
    'at location level no customer leaves the owner',
    items.filter(({ customer }) => customer !== undefined).length,
    0,
  );
}

/** One location after the other, by the proposed plan (R-P1, R-P5). */
export async function processInSteps(stage: Stage, shareId: string): Promise<void> {
  const { owner, contractor } = stage.cast;
  stage.narrator.chapter(`${contractor.name} takes it over, in two steps`);
  const customer = await contractor.manager.post<Created>('/v1/customers', {
    name: 'Noorderhof Winkels',
    address: { street: 'Singelgracht 210', postalCode: '8021 KT', city: 'Zwolle', country: 'NL' },
  });
  const known = { street: 'Marktplein 4', postalCode: '8011 LW', city: 'Zwolle', country: 'NL' };
  await contractor.manager.post('/v1/locations', {
    customerId: customer.id,
    name: 'Winkel Marktplein',
    address: known,
  });
  stage.narrator.note(`${contractor.name} has been at Marktplein 4 before.`);
  const plan = await contractor.manager.get<ProcessingPlan>(`/v1/shares/${shareId}/plan?${WHOLE}`);
  for (const { name, action, score, reason } of plan.locations) {
    stage.narrator.note(`Plan: ${action} ${name} (score ${score}, ${reason})`);
  }
  stage.narrator.check(
    'the plan knows the location that is there already',
    Object.fromEntries(plan.locations.map(({ name, action }) => [name, action])),
    { 'Winkel Marktplein': 'link', 'Winkel Havenkwartier': 'create' },
  );

  const stepFor = (location: string) => ({
    referenceStyle: 'customer',
    locations: plan.locations
      .filter(({ source }) => source === location)
      .map(({ source, proposed }) => ({
        source,
        target: proposed ?? { create: true, customerId: customer.id },
      })),
    installations: plan.installations
      .filter((installation) => installation.location === location)
      .map(({ installationId }) => ({ installationId, target: { followsLocation: true } })),
  });
  const [first, second] = plan.locations.map(({ source }) => stepFor(source)) as [
    ReturnType<typeof stepFor>,
    ReturnType<typeof stepFor>,
  ];
  const path = `/v1/shares/${shareId}/process`;
  const key = randomUUID();
  await contractor.manager.command(path, first, key);
  const half = await stage.shareUntil(contractor, shareId, ({ progress }) => progress === undefined);
  stage.narrator.check(
    'the first step is placed, the rest stays on offer',
    [half.status, half.items.placed, half.items.offered],
    ['available', PER_LOCATION, PER_LOCATION],
  );
  const again = await contractor.manager.command(path, first, key);
  stage.narrator.check(
    'confirming the same step again changes nothing',
    again.headers.get('idempotent-replayed'),
    'true',
  );
  const refusal = await contractor.manager.refusal('POST', path, first);
  stage.narrator.refusal('The same installations in another step', refusal);
  stage.narrator.check('what is placed is not on offer', refusal.code, 'item-not-offered');

  await contractor.manager.post(path, second);
  await stage.shareUntil(contractor, shareId, ({ status }) => status === 'processed');
  await stage.tellEvents(owner.administrator, 'shares', shareId);
  await stage.bothViews(shareId, contractor, owner);
  await stage.tellNotices(owner);
}
