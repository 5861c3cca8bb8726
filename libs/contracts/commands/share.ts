import type { DocumentIdentity } from '#domain/installation';
import type { ReferenceStyle, TransferLevel } from '#domain/share';
import {
  ExactlyOneOf,
  line,
  list,
  nested,
  OnlyWith,
  Optional,
  oneOf,
  prose,
  Required,
  uuid,
} from './declare.ts';
import type {
  AskedAccessType,
  AskedCustomerTarget,
  AskedInstallationTarget,
  AskedLocationTarget,
  CommandData,
} from './shapes.ts';

/** The most things one command may pick, or take over in one step. */
const MOST_ITEMS = 5_000;

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
  @Required(line(200)) readonly name!: string;
  @Optional(prose(2_000)) readonly explanation?: string;
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
  @Required(list(uuid, { min: 1, max: MOST_ITEMS, unique: true })) readonly selection!: readonly string[];
  @Required(accessType) readonly accessType!: AskedAccessType;
  @Optional(oneOf(['performer', 'giver'])) readonly documentIdentity?: DocumentIdentity;
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
}

/** Customers and locations stand in one event together: with all of them at their longest it stays below its limit. */
export class ProcessShareData implements CommandData<'ProcessShare'> {
  @Required(uuid) readonly shareId!: string;
  @Required(oneOf(['original', 'customer'])) readonly referenceStyle!: ReferenceStyle;
  @Optional(
    list(
      nested(() => ConfirmedCustomerData),
      { max: 1_000 },
    ),
  )
  readonly customers?: readonly ConfirmedCustomerData[];
  @Optional(
    list(
      nested(() => ConfirmedLocationData),
      { max: MOST_ITEMS },
    ),
  )
  readonly locations?: readonly ConfirmedLocationData[];
  @Required(
    list(
      nested(() => ConfirmedInstallationData),
      { max: MOST_ITEMS },
    ),
  )
  readonly installations!: readonly ConfirmedInstallationData[];
  @Optional(list(uuid, { max: MOST_ITEMS, unique: true })) readonly decline?: readonly string[];
}

export class FinishShareData implements CommandData<'FinishShare'> {
  @Required(uuid) readonly shareId!: string;
}

export class RevokeShareData implements CommandData<'RevokeShare'> {
  @Required(uuid) readonly shareId!: string;
  @Optional(list(uuid, { min: 1, max: MOST_ITEMS, unique: true })) readonly installations?: readonly string[];
  @Optional(prose(1_000)) readonly reason?: string;
}
