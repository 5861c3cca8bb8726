import type { DocumentIdentity } from '#domain/installation';
import {
  type ApproveShare,
  type CancelShare,
  type ExtendShare,
  type FinishShare,
  MAX_EXPLANATION_LENGTH,
  MAX_NAME_LENGTH,
  MAX_SELECTION,
  MAX_STEP_INSTALLATIONS,
  MAX_STEP_SOURCES,
  type ReferenceStyle,
  type RejectShare,
  type RequestShare,
  type RevokeShare,
  type TransferLevel,
} from '#domain/share';
import {
  ExactlyOneOf,
  line,
  list,
  moment,
  nested,
  OnlyWith,
  Optional,
  oneOf,
  prose,
  Required,
  uuid,
} from './declare.ts';
import type {
  Asked,
  AskedAccessType,
  AskedCustomerTarget,
  AskedInstallationTarget,
  AskedLocationTarget,
  AskedStep,
  CommandData,
} from './shapes.ts';

/** The data of every public command of a share: the classes below are held against it. */
export interface ShareCommandData {
  RequestShare: Asked<RequestShare, 'shareId'>;
  CancelShare: Asked<CancelShare>;
  RejectShare: Asked<RejectShare>;
  ApproveShare: Omit<Asked<ApproveShare>, 'accessType'> & { readonly accessType: AskedAccessType };
  ProcessShare: AskedStep;
  FinishShare: Asked<FinishShare>;
  RevokeShare: Asked<RevokeShare>;
  ExtendShare: Asked<ExtendShare>;
}

const level = oneOf<TransferLevel>(['customer', 'location', 'installation']);
const accessType = oneOf<AskedAccessType>([
  'operator',
  'installation-manager',
  'subcontractor',
  'on-loan',
  'borrowed',
]);

export class RequestShareData implements CommandData<'RequestShare'> {
  @Optional(uuid) readonly shareId?: string;
  @Required(uuid) readonly connectionId!: string;
  @Required(line(MAX_NAME_LENGTH)) readonly name!: string;
  @Optional(prose(MAX_EXPLANATION_LENGTH)) readonly explanation?: string;
  @Required(level) readonly suggestedLevel!: TransferLevel;
}

export class CancelShareData implements CommandData<'CancelShare'> {
  @Required(uuid) readonly shareId!: string;
}

export class RejectShareData implements CommandData<'RejectShare'> {
  @Required(uuid) readonly shareId!: string;
  @Optional(prose(1_000)) readonly reason?: string;
}

export class ApproveShareData implements CommandData<'ApproveShare'> {
  @Required(uuid) readonly shareId!: string;
  @Required(level) readonly level!: TransferLevel;
  @Required(list(uuid, { min: 1, max: MAX_SELECTION, unique: true })) readonly selection!: readonly string[];
  @Required(accessType) readonly accessType!: AskedAccessType;
  @Optional(oneOf(['performer', 'giver'])) readonly documentIdentity?: DocumentIdentity;
  @Optional(moment) readonly until?: string;
}

@ExactlyOneOf('create', 'customerId')
export class CustomerTargetData implements AskedCustomerTarget {
  @Optional(oneOf([true])) readonly create?: true;
  @Optional(uuid) readonly customerId?: string;
}

export class ConfirmedCustomerData {
  @Required(uuid) readonly source!: string;
  @Required(nested(() => CustomerTargetData)) readonly target!: CustomerTargetData;
}

@ExactlyOneOf('create', 'locationId')
@OnlyWith('customerId', 'create')
export class LocationTargetData implements AskedLocationTarget {
  @Optional(oneOf([true])) readonly create?: true;
  @Optional(uuid) readonly customerId?: string;
  @Optional(uuid) readonly locationId?: string;
}

export class ConfirmedLocationData {
  @Required(uuid) readonly source!: string;
  @Required(nested(() => LocationTargetData)) readonly target!: LocationTargetData;
}

export class NewBuildingData {
  @Required(line(200)) readonly name!: string;
  @Required(uuid) readonly locationId!: string;
}

@ExactlyOneOf('buildingId', 'locationId', 'newBuilding', 'followsLocation')
export class InstallationTargetData implements AskedInstallationTarget {
  @Optional(uuid) readonly buildingId?: string;
  @Optional(uuid) readonly locationId?: string;
  @Optional(nested(() => NewBuildingData)) readonly newBuilding?: NewBuildingData;
  @Optional(oneOf([true])) readonly followsLocation?: true;
}

export class ConfirmedInstallationData {
  @Required(uuid) readonly installationId!: string;
  @Required(nested(() => InstallationTargetData)) readonly target!: InstallationTargetData;
  @Optional(line(200)) readonly reference?: string;
  @Optional(uuid) readonly replaces?: string;
}

export class ProcessShareData implements CommandData<'ProcessShare'> {
  @Required(uuid) readonly shareId!: string;
  @Required(oneOf(['original', 'customer'])) readonly referenceStyle!: ReferenceStyle;
  @Optional(
    list(
      nested(() => ConfirmedCustomerData),
      { max: MAX_STEP_SOURCES },
    ),
  )
  readonly customers?: readonly ConfirmedCustomerData[];
  @Optional(
    list(
      nested(() => ConfirmedLocationData),
      { max: MAX_STEP_SOURCES },
    ),
  )
  readonly locations?: readonly ConfirmedLocationData[];
  @Required(
    list(
      nested(() => ConfirmedInstallationData),
      { max: MAX_STEP_INSTALLATIONS },
    ),
  )
  readonly installations!: readonly ConfirmedInstallationData[];
  @Optional(list(uuid, { max: MAX_STEP_INSTALLATIONS, unique: true })) readonly decline?: readonly string[];
}

export class FinishShareData implements CommandData<'FinishShare'> {
  @Required(uuid) readonly shareId!: string;
}

export class RevokeShareData implements CommandData<'RevokeShare'> {
  @Required(uuid) readonly shareId!: string;
  @Optional(list(uuid, { min: 1, max: MAX_SELECTION, unique: true }))
  readonly installations?: readonly string[];
  @Optional(prose(1_000)) readonly reason?: string;
}

export class ExtendShareData implements CommandData<'ExtendShare'> {
  @Required(uuid) readonly shareId!: string;
  @Required(moment) readonly until!: string;
}
