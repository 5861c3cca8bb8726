// What happens to granted access: given on, and revoked.
import type {
  AccessVerdict,
  ActivityView,
  ConnectionView,
  GrantView,
  InstallationView,
  ListedInstallation,
  PageOf,
  RevocationView,
} from '#application';
import type { AccessType } from '#domain/installation';
import type { Company } from './demo-cast.ts';
import { PER_LOCATION } from './demo-catalogue.ts';
import { type Approval, type Created, type Stage, WHOLE } from './demo-stage.ts';

/** Longer than the 72 hours in which an owner may revoke. */
const LATER = 'PT73H';

/** What the contractor got by the share. */
export async function sharedInstallations(stage: Stage): Promise<readonly ListedInstallation[]> {
  const path = `/v1/installations?${WHOLE}&access=installation-manager`;
  const { items } = await stage.cast.contractor.manager.get<PageOf<ListedInstallation>>(path);
  stage.narrator.check('the contractor holds all of them now', items.length, 2 * PER_LOCATION);
  return items;
}

/** From the connection to the last installation placed; the giver's details are on the documents. */
export async function giveOn(
  stage: Stage,
  giver: Company,
  holder: Company,
  selection: readonly string[],
  accessType: AccessType,
): Promise<string> {
  const { token, id } = await giver.administrator.post<Created & { token: string }>('/v1/connections', {
    label: holder.name,
  });
  await holder.administrator.post('/v1/connections/authenticate', { token, label: giver.name });
  const share = await holder.administrator.post<Created>('/v1/shares', {
    connectionId: id,
    name: accessType === 'on-loan' ? 'Holiday stand-in' : 'Subcontract cooling',
    suggestedLevel: 'installation',
  });
  const approval: Approval = { level: 'installation', selection, accessType, documentIdentity: 'giver' };
  await giver.administrator.post(`/v1/shares/${share.id}/approve`, approval);
  await stage.shareUntil(holder, share.id, ({ status }) => status === 'available');

  const address = { street: 'Depotweg 1', city: 'Lingen' };
  const customer = await holder.manager.post<Created>('/v1/customers', { name: giver.name, address });
  const location = await holder.manager.post<Created>('/v1/locations', {
    customerId: customer.id,
    name: `On behalf of ${giver.name}`,
    address,
  });
  await holder.manager.post(`/v1/shares/${share.id}/process`, {
    referenceStyle: 'original',
    installations: selection.map((installationId) => ({
      installationId,
      target: { locationId: location.id },
    })),
  });
  await stage.shareUntil(holder, share.id, ({ status }) => status === 'processed');
  await stage.tellEvents(holder.administrator, 'shares', share.id);
  await stage.tellNotices(giver, holder);
  return share.id;
}

/** A document under subcontracted access carries the giver's details (R-A4). */
export async function workUnder(stage: Stage, installationId: string): Promise<void> {
  const { owner, contractor, subcontractor } = stage.cast;
  const path = `/v1/installations/${installationId}/activities`;
  await subcontractor.technician.post(path, {
    kind: 'work-order',
    performedOn: '2026-01-15',
    summary: 'Leak check after commissioning: no leak found',
    leakFound: false,
  });
  const { items } = await owner.technician.get<PageOf<ActivityView>>(path);
  const issuedBy = items[0]?.document?.issuedBy.name;
  stage.narrator.note(`${subcontractor.name} writes a work order; ${issuedBy} issues its document.`);
  stage.narrator.check('the owner reads it, with the giver’s details', issuedBy, contractor.legalName);
}

/** A subcontractor gives no more on than a subcontractor may (R-A2). */
export async function refusedToGiveOn(stage: Stage): Promise<void> {
  const { subcontractor, helper } = stage.cast;
  const connections = await helper.administrator.get<PageOf<ConnectionView>>('/v1/connections');
  const { items } = await subcontractor.manager.get<PageOf<ListedInstallation>>(`/v1/installations?${WHOLE}`);
  const { id } = await helper.administrator.post<Created>('/v1/shares', {
    connectionId: connections.items[0]?.id,
    name: 'Everything, please',
    suggestedLevel: 'installation',
  });
  const refused = await subcontractor.administrator.refusal('POST', `/v1/shares/${id}/approve`, {
    level: 'installation',
    selection: items.slice(-1).map((installation) => installation.id),
    accessType: 'installation-manager',
  });
  stage.narrator.refusal(`${subcontractor.name} tries to give more than it holds`, refused);
  stage.narrator.check('nobody gives on more than it holds', refused.code, 'selection-not-shareable');
  await subcontractor.administrator.post(`/v1/shares/${id}/reject`, { reason: 'Not ours to give' });
  await stage.tellNotices(helper);
}

/** @param given an installation everybody has access to, `kept` one the contractor kept to itself (R-G3) */
export async function checkAccess(stage: Stage, given: string, kept: string): Promise<void> {
  const { owner, contractor, subcontractor, helper } = stage.cast;
  stage.narrator.chapter('May they? And why?');
  const checks = [
    { account: owner, installation: given, action: 'give-operator' },
    { account: contractor, installation: given, action: 'change-properties' },
    { account: subcontractor, installation: given, action: 'add-activity' },
    { account: subcontractor, installation: given, action: 'give-installation-manager' },
    { account: helper, installation: given, action: 'read' },
    { account: helper, installation: kept, action: 'read' },
  ];
  const { results } = await owner.administrator.post<{ results: readonly AccessVerdict[] }>(
    '/v1/access/check',
    {
      checks: checks.map(({ account, ...check }) => ({ ...check, account: account.id })),
    },
  );
  for (const [index, { account, installation, action }] of checks.entries()) {
    const { allowed = false, because = [] } = results[index] ?? {};
    const which = installation === given ? 'an installation given on' : 'another one';
    stage.narrator.note(
      `${account.name} ${action} ${which}: ${allowed ? 'yes' : 'no'}, ${reasons(stage, because)}`,
    );
  }
  stage.narrator.check(
    'every answer is as the grants say',
    results.map(({ allowed }) => allowed),
    [true, true, true, false, true, false],
  );
}

function reasons(stage: Stage, because: AccessVerdict['because']): string {
  const { owner } = stage.cast;
  const nameOf = (account: string) => Object.values(stage.cast).find(({ id }) => id === account)?.name;
  const steps = because.map((step) =>
    typeof step === 'string' ? step : `→ ${nameOf(step.holder)} (${step.type})`,
  );
  return steps[0]?.startsWith('→') ? `${owner.name} ${steps.join(' ')}` : steps.join(', ');
}

/** The owner previews whom a revocation would affect, without revoking (R-V6). */
export async function previewRevocation(
  stage: Stage,
  shareId: string,
  given: readonly string[],
  loaned: readonly string[],
): Promise<void> {
  const { owner, subcontractor, helper } = stage.cast;
  stage.narrator.chapter(`${owner.name} asks what revoking would do`);
  const path = `/v1/shares/${shareId}/revocation-preview`;
  const { withdrawn, retained, downstream } = await owner.administrator.post<RevocationView>(path);
  stage.narrator.note(`${withdrawn.length} installations would be withdrawn, ${retained.length} retained;`);
  const losses = downstream.map(({ account, installations }) => [account, installations.length]);
  for (const { name, installations } of downstream) {
    stage.narrator.note(`${name} would lose ${installations.length} with them.`);
  }
  stage.narrator.check('within 72 hours all of it', withdrawn.length, 2 * PER_LOCATION);
  stage.narrator.check('and everybody further down', losses, [
    [subcontractor.id, given.length],
    [helper.id, loaned.length],
  ]);
}

/** After the window the owner's revocation is refused (R-V2). */
export async function comeTooLate(stage: Stage, shareId: string): Promise<void> {
  const { owner, contractor } = stage.cast;
  stage.narrator.chapter('73 hours later');
  const { body } = await stage.http.request<{ now: string }>('POST', '/dev/clock', {
    body: { advance: LATER },
  });
  stage.narrator.note(`The service’s clock says ${body.now}.`);
  const late = await owner.administrator.refusal('POST', `/v1/shares/${shareId}/revoke`, {
    reason: 'Changed our mind',
  });
  stage.narrator.refusal(`${owner.name} revokes`, late);
  stage.narrator.check(
    'the window has closed',
    [late.status, late.code, late.allowedActions],
    [409, 'revocation-window-closed', []],
  );
  const notTheGiver = await contractor.administrator.refusal('POST', `/v1/shares/${shareId}/revoke`);
  stage.narrator.refusal(`${contractor.name} tries to revoke what it was given`, notTheGiver);
  stage.narrator.check('only the giver revokes', notTheGiver.code, 'not-the-giver');
}

/** Subcontracted access ends at any time, and with it what was given on from there (R-V4). */
export async function revokeSubcontractor(
  stage: Stage,
  subcontract: string,
  loan: string,
  given: readonly string[],
  loaned: readonly string[],
): Promise<void> {
  const { contractor, subcontractor, helper } = stage.cast;
  stage.narrator.chapter(`${contractor.name} revokes its subcontractor: at any time`);
  const revoked = await contractor.administrator.post<RevocationView>(`/v1/shares/${subcontract}/revoke`, {
    reason: 'The job is done',
  });
  stage.narrator.check('all of it is withdrawn', revoked.withdrawn.length, given.length);
  const lost = await stage.shareUntil(helper, loan, ({ status }) => status === 'revoked');
  await stage.tellEvents(subcontractor.administrator, 'shares', subcontract);
  await stage.tellEvents(helper.administrator, 'shares', loan);
  await stage.bothViews(subcontract, subcontractor, contractor);
  stage.narrator.check(
    `${helper.name} loses what was given on from there`,
    lost.items.withdrawn,
    loaned.length,
  );
  await stage.tellNotices(subcontractor, helper);
}

/** A former holder reads the installation as it was when its access ended (R-V5). */
export async function readFrozen(stage: Stage, installationId: string): Promise<void> {
  const { contractor, helper } = stage.cast;
  stage.narrator.chapter(`${helper.name} keeps what it could read at that moment`);
  const path = `/v1/installations/${installationId}`;
  const before = await helper.manager.get<InstallationView>(path);
  await contractor.manager.patch(path, { notes: 'New compressor since the summer' });
  await contractor.technician.post(`${path}/activities`, {
    kind: 'note',
    performedOn: '2026-02-02',
    summary: 'Compressor replaced under warranty',
  });
  const after = await helper.manager.get<InstallationView>(path);
  stage.narrator.note(
    `${helper.name} reads ${after.reference} as of ${after.access.readableAsOf}, archived.`,
  );
  stage.narrator.check('nothing later shows', after, before);
  stage.narrator.check('it may do nothing any more', after.allowedActions, []);
  const { items } = await helper.manager.get<PageOf<ActivityView>>(`${path}/activities`);
  stage.narrator.check('its copy of the logbook stays', items.length, 1);
  const refused = await helper.technician.refusal('POST', `${path}/activities`, {
    kind: 'note',
    performedOn: '2026-02-03',
    summary: 'One more thing',
  });
  stage.narrator.refusal('It tries to write into the logbook', refused);
  stage.narrator.check('and may not', [refused.status, refused.code], [409, 'access-withdrawn']);
}

/** What happened, in order, as the owner may read it. */
export async function tellHistory(stage: Stage, shareId: string, installationId: string): Promise<void> {
  const { owner } = stage.cast;
  stage.narrator.chapter('The whole history');
  stage.tellAgain();
  const share = await stage.tellEvents(owner.administrator, 'shares', shareId);
  stage.narrator.check(
    'of the share, from request to processed',
    [share.at(0), share.at(-1)],
    ['ShareRequested', 'ShareProcessed'],
  );
  const installation = await stage.tellEvents(owner.administrator, 'installations', installationId);
  stage.narrator.check(
    'of an installation, with everybody who had access',
    installation.filter((type) => type.startsWith('InstallationAccess')),
    ['Granted', 'Granted', 'Granted', 'Withdrawn', 'Withdrawn'].map((what) => `InstallationAccess${what}`),
  );
  const { items } = await owner.administrator.get<PageOf<GrantView>>(
    `/v1/installations/${installationId}/grants`,
  );
  stage.narrator.check(
    'only what it gave itself is left of them',
    items.filter(({ withdrawal }) => !withdrawal).length,
    1,
  );
}
