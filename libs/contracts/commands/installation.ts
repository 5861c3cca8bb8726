import type {
  ActivityKind,
  Attachment,
  Component,
  InstallationType,
  Measurement,
} from '#domain/installation';
import {
  Clearable,
  day,
  dayOrMoment,
  ExactlyOneOf,
  flag,
  line,
  list,
  mediaType,
  NotBoth,
  nested,
  number,
  Optional,
  oneOf,
  prose,
  Required,
  sha256,
  uuid,
  webAddress,
} from './declare.ts';
import type { CommandData } from './shapes.ts';

export class ComponentData implements Component {
  @Required(line(200)) readonly name!: string;
  @Optional(line(100)) readonly serialNumber?: string;
  @Optional(line(100)) readonly brand?: string;
  @Optional(line(100)) readonly model?: string;
  @Optional(prose(500)) readonly notes?: string;
}

export class MeasurementData implements Measurement {
  @Required(line(100)) readonly name!: string;
  @Required(number(-1e12, 1e12)) readonly value!: number;
  @Required(line(50)) readonly unit!: string;
}

export class AttachmentData implements Attachment {
  @Required(line(250)) readonly name!: string;
  @Required(mediaType) readonly mediaType!: string;
  @Required(sha256) readonly sha256!: string;
  @Required(webAddress) readonly url!: string;
}

const installationType = oneOf<InstallationType>(['air-conditioning', 'refrigeration', 'heat-pump', 'other']);
const activityKind = oneOf<ActivityKind>(['work-order', 'measurement', 'operation', 'note', 'attachment']);
/** Kilograms or kilowatts. */
const amount = number(0, 1e9);
/** With every component at its maximum size the event stays below the log's limit. */
const components = list(
  nested(() => ComponentData),
  { max: 200 },
);
const measurements = list(
  nested(() => MeasurementData),
  { max: 100 },
);
const attachment = nested(() => AttachmentData);

@ExactlyOneOf('locationId', 'buildingId')
export class RegisterInstallationData implements CommandData<'RegisterInstallation'> {
  @Optional(uuid) readonly installationId?: string;
  @Optional(uuid) readonly locationId?: string;
  @Optional(uuid) readonly buildingId?: string;
  @Required(line(200)) readonly reference!: string;
  @Optional(line(200)) readonly customerReference?: string;
  @Optional(line(100)) readonly serialNumber?: string;
  @Optional(line(100)) readonly brand?: string;
  @Optional(line(100)) readonly model?: string;
  @Optional(installationType) readonly type?: InstallationType;
  @Optional(line(50)) readonly refrigerant?: string;
  @Optional(amount) readonly chargeKg?: number;
  @Optional(amount) readonly capacityKw?: number;
  @Optional(flag) readonly hermeticallySealed?: boolean;
  @Optional(flag) readonly leakDetection?: boolean;
  @Optional(day) readonly commissionedOn?: string;
  @Optional(prose(10_000)) readonly notes?: string;
  @Optional(components) readonly components?: readonly ComponentData[];
}

@NotBoth('locationId', 'buildingId')
export class ChangeInstallationData implements CommandData<'ChangeInstallation'> {
  @Required(uuid) readonly installationId!: string;
  @Optional(uuid) readonly locationId?: string;
  @Optional(uuid) readonly buildingId?: string;
  @Optional(line(200)) readonly reference?: string;
  @Clearable(line(200)) readonly customerReference?: string | null;
  @Clearable(line(100)) readonly serialNumber?: string | null;
  @Clearable(line(100)) readonly brand?: string | null;
  @Clearable(line(100)) readonly model?: string | null;
  @Clearable(installationType) readonly type?: InstallationType | null;
  @Clearable(line(50)) readonly refrigerant?: string | null;
  @Clearable(amount) readonly chargeKg?: number | null;
  @Clearable(amount) readonly capacityKw?: number | null;
  @Clearable(flag) readonly hermeticallySealed?: boolean | null;
  @Clearable(flag) readonly leakDetection?: boolean | null;
  @Clearable(day) readonly commissionedOn?: string | null;
  @Clearable(prose(10_000)) readonly notes?: string | null;
  @Clearable(components) readonly components?: readonly ComponentData[] | null;
}

export class ArchiveInstallationData implements CommandData<'ArchiveInstallation'> {
  @Required(uuid) readonly installationId!: string;
}

export class RestoreInstallationData implements CommandData<'RestoreInstallation'> {
  @Required(uuid) readonly installationId!: string;
}

export class AddActivityData implements CommandData<'AddActivity'> {
  @Required(uuid) readonly installationId!: string;
  @Optional(uuid) readonly activityId?: string;
  @Required(activityKind) readonly kind!: ActivityKind;
  @Required(dayOrMoment) readonly performedOn!: string;
  @Required(prose(10_000, 1)) readonly summary!: string;
  @Optional(line(200)) readonly performedBy?: string;
  @Optional(amount) readonly refrigerantAddedKg?: number;
  @Optional(amount) readonly refrigerantRecoveredKg?: number;
  @Optional(flag) readonly leakFound?: boolean;
  @Optional(measurements) readonly measurements?: readonly MeasurementData[];
  @Optional(attachment) readonly attachment?: AttachmentData;
}

export class ChangeActivityData implements CommandData<'ChangeActivity'> {
  @Required(uuid) readonly installationId!: string;
  @Required(uuid) readonly activityId!: string;
  @Optional(dayOrMoment) readonly performedOn?: string;
  @Optional(prose(10_000, 1)) readonly summary?: string;
  @Clearable(line(200)) readonly performedBy?: string | null;
  @Clearable(amount) readonly refrigerantAddedKg?: number | null;
  @Clearable(amount) readonly refrigerantRecoveredKg?: number | null;
  @Clearable(flag) readonly leakFound?: boolean | null;
  @Clearable(measurements) readonly measurements?: readonly MeasurementData[] | null;
  @Clearable(attachment) readonly attachment?: AttachmentData | null;
}

export class RemoveActivityData implements CommandData<'RemoveActivity'> {
  @Required(uuid) readonly installationId!: string;
  @Required(uuid) readonly activityId!: string;
}

export class ReturnAccessData implements CommandData<'ReturnAccess'> {
  @Required(uuid) readonly installationId!: string;
  @Required(uuid) readonly grantId!: string;
}

export class RevokeGrantData implements CommandData<'RevokeGrant'> {
  @Required(uuid) readonly installationId!: string;
  @Required(uuid) readonly grantId!: string;
  @Optional(prose(1_000)) readonly reason?: string;
}
