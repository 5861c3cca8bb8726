import { positionAt } from '#contracts';
import type { AskedAccessType, CommandData, PublicCommand } from '#contracts/commands';
import { type AccessType, findGrant, installation } from '#domain/installation';
import { fromMillis, type Instant, impossible, notFound, toMillis } from '#domain/kernel';
import type {
  ApproveShare,
  ConfirmedCustomer,
  ConfirmedInstallation,
  ConfirmedLocation,
} from '#domain/share';
import type { CommandRequest } from './command-gateway.ts';
import { type ConnectionTokens, connectionOf, hashToken, withoutWhitespace } from './connection-tokens.ts';
import type { Aggregates } from './core/aggregates.ts';
import { derivedId, installationToken } from './core/ids.ts';
import type { WebhookSecrets } from './core/webhook-secrets.ts';
import type { DataSubjects } from './ports.ts';

/** A command in its internal shape. */
export interface Internal {
  readonly type: string;
  readonly data: object;
  readonly token?: string;
  readonly secret?: string;
  readonly deliveryId?: string;
}

/** The sources of what commands are completed with. */
export interface Completing {
  readonly tokens: ConnectionTokens;
  readonly secrets: WebhookSecrets;
  readonly aggregates: Aggregates;
  readonly subjects: Pick<DataSubjects, 'find'>;
}

type Data = Record<string, unknown>;

/**
 * Completes a command of valid public shape: gives ids to what it creates (the same ones each time it is repeated),
 * makes and hashes tokens, derives secrets, finds the key of a data subject, and the share a single grant came from.
 */
export function toInternal(
  request: CommandRequest,
  { creates }: Pick<PublicCommand, 'creates'>,
  { tokens, secrets, aggregates, subjects }: Completing,
): Internal | Promise<Internal> {
  const { type } = request;
  const data = creates === undefined ? (request.data as Data) : withCreatedId(request, creates);
  switch (type) {
    case 'CreateConnection':
    case 'ReissueConnectionToken': {
      const token = tokens.issue(request.id, data.connectionId as string);
      return { type, data: { ...data, tokenHash: hashToken(token) }, token };
    }
    case 'AuthenticateConnection': {
      const token = withoutWhitespace(data.token as string);
      const connectionId = connectionOf(token);
      return { type, data: { connectionId, tokenHash: hashToken(token), label: data.label } };
    }
    case 'RegisterInstallation':
      return { type, data: { ...data, token: installationToken(data.installationId as string) } };
    case 'ApproveShare':
      return { type, data: approvalOf(data as unknown as CommandData<'ApproveShare'>) };
    case 'ExtendShare':
      return { type, data: { ...data, until: instantOf(data.until as string) } };
    case 'ProcessShare':
      return { type, data: withStepIds(request.id, data) };
    case 'RegisterWebhook':
    case 'RotateWebhookSecret': {
      const of = { account: request.actor.account, webhookId: data.webhookId as string };
      return { type, data: { ...data, secretId: request.id }, secret: secrets.of(of, request.id) };
    }
    case 'TestWebhook': {
      const deliveryId = derivedId(request.id, request.actor.account, 'deliveryId');
      return { type, data: { ...data, deliveryId }, deliveryId };
    }
    case 'ReplayWebhook':
      return { type, data: { webhookId: data.webhookId, after: afterOf(data.cursor as string) } };
    case 'EraseDataSubject':
      return keyOfSubject(request.actor.account, data, subjects);
    case 'RevokeGrant':
      return revokeGrant(request.actor.account, data, aggregates);
    default:
      return { type, data };
  }
}

function withCreatedId({ id, data, actor }: CommandRequest, field: string): Data {
  if ((data as Data)[field] !== undefined) return data as Data;
  return { ...(data as Data), [field]: derivedId(id, actor.account, field) };
}

/** @throws Refusal `invalid-cursor` */
function afterOf(cursor: string): number {
  const position = positionAt(cursor);
  if (position === undefined) throw impossible('invalid-cursor', 'This is not a cursor of changes.');
  return position;
}

/** A moment, written with fewer or more digits, in the form in which it is stored and compared. */
function instantOf(moment: string): Instant {
  return fromMillis(toMillis(moment));
}

/** The approval in the domain's own words. */
export function approvalOf({
  accessType,
  until,
  ...requested
}: CommandData<'ApproveShare'>): ApproveShare['data'] {
  const end = until !== undefined && { until: instantOf(until) };
  return { ...requested, accessType: accessTypeOf(accessType), ...end };
}

/** `borrowed` is the holder's word for `on-loan`. */
function accessTypeOf(requested: AskedAccessType): AccessType {
  return requested === 'borrowed' ? 'on-loan' : requested;
}

type PublicTarget = { readonly create?: true; readonly customerId?: string; readonly locationId?: string };
type PublicStep = {
  readonly customers?: readonly { readonly source: string; readonly target: PublicTarget }[];
  readonly locations?: readonly { readonly source: string; readonly target: PublicTarget }[];
  readonly installations: readonly {
    readonly installationId: string;
    readonly reference?: string;
    readonly replaces?: string;
    readonly target: ConfirmedInstallation['target'] & {
      readonly newBuilding?: { readonly name: string; readonly locationId: string };
    };
  }[];
};

/** Gives ids to the customers, locations and buildings a step creates; buildings of one name at one place are one. */
function withStepIds(stepId: string, data: Data): object {
  const step = data as unknown as PublicStep;
  const customers = step.customers?.map(
    ({ source, target }): ConfirmedCustomer => ({
      source,
      target: target.create
        ? { create: derivedId(stepId, 'customer', source) }
        : (target as { customerId: string }),
    }),
  );
  const locations = step.locations?.map(
    ({ source, target }): ConfirmedLocation => ({
      source,
      target: target.create
        ? { create: derivedId(stepId, 'location', source), customerId: target.customerId }
        : (target as { locationId: string }),
    }),
  );
  const installations = step.installations.map((confirmed): ConfirmedInstallation => {
    const building = confirmed.target.newBuilding;
    if (building === undefined) return confirmed;
    const id = derivedId(stepId, 'building', building.locationId, building.name);
    return { ...confirmed, target: { newBuilding: { ...building, id } } };
  });
  return { ...data, customers, locations, installations };
}

/** The log must not show who was erased: the key that is destroyed replaces the name. */
async function keyOfSubject(
  account: string,
  { subject, ...data }: Data,
  subjects: Completing['subjects'],
): Promise<Internal> {
  const key = await subjects.find(account, subject as string);
  return { type: 'EraseDataSubject', data: { ...data, ...(key && { key }) } };
}

/** Revoking one grant is revoking its installation in the share it came from (R-V1). */
async function revokeGrant(account: string, data: Data, aggregates: Aggregates): Promise<Internal> {
  const { installationId, grantId, reason } = data as {
    installationId: string;
    grantId: string;
    reason?: string;
  };
  const state = await aggregates.state(installation, installationId);
  const grant = state.status === 'none' ? undefined : findGrant(state.tree, grantId);
  if (grant === undefined || grant.giver !== account) throw notFound('grant');
  return { type: 'RevokeShare', data: { shareId: grant.shareId, installations: [installationId], reason } };
}
