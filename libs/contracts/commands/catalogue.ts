import type { Address, BuildingDetails, CustomerDetails, LocationDetails } from '#domain/catalogue';
import { Clearable, line, list, nested, Optional, prose, Required, uuid } from './declare.ts';
import type { CommandData } from './shapes.ts';

const labels = list(line(200), { max: 50, unique: true });

export class AddressData implements Address {
  @Required(line(200)) readonly street!: string;
  @Optional(line(50)) readonly postalCode?: string;
  @Required(line(200)) readonly city!: string;
  @Optional(line(100)) readonly country?: string;
  @Optional(line(100)) readonly region?: string;
}

export class AddCustomerData implements CommandData<'AddCustomer'>, CustomerDetails {
  @Optional(uuid) readonly customerId?: string;
  @Required(line(200)) readonly name!: string;
  @Required(nested(() => AddressData)) readonly address!: AddressData;
  @Optional(line(50)) readonly vatNumber?: string;
  @Optional(line(200)) readonly internalName?: string;
  @Optional(line(100)) readonly customerNumber?: string;
  @Optional(line(100)) readonly region?: string;
  @Optional(line(50)) readonly language?: string;
  @Optional(prose(1_000)) readonly contact?: string;
  @Optional(labels) readonly labels?: readonly string[];
}

export class ChangeCustomerData implements CommandData<'ChangeCustomer'> {
  @Required(uuid) readonly customerId!: string;
  @Optional(line(200)) readonly name?: string;
  @Optional(nested(() => AddressData)) readonly address?: AddressData;
  @Clearable(line(50)) readonly vatNumber?: string | null;
  @Clearable(line(200)) readonly internalName?: string | null;
  @Clearable(line(100)) readonly customerNumber?: string | null;
  @Clearable(line(100)) readonly region?: string | null;
  @Clearable(line(50)) readonly language?: string | null;
  @Clearable(prose(1_000)) readonly contact?: string | null;
  @Clearable(labels) readonly labels?: readonly string[] | null;
}

export class AddLocationData implements CommandData<'AddLocation'>, LocationDetails {
  @Optional(uuid) readonly locationId?: string;
  @Required(uuid) readonly customerId!: string;
  @Required(line(200)) readonly name!: string;
  @Required(nested(() => AddressData)) readonly address!: AddressData;
  @Optional(line(100)) readonly region?: string;
}

export class ChangeLocationData implements CommandData<'ChangeLocation'> {
  @Required(uuid) readonly locationId!: string;
  @Optional(uuid) readonly customerId?: string;
  @Optional(line(200)) readonly name?: string;
  @Optional(nested(() => AddressData)) readonly address?: AddressData;
  @Clearable(line(100)) readonly region?: string | null;
}

export class AddBuildingData implements CommandData<'AddBuilding'>, BuildingDetails {
  @Optional(uuid) readonly buildingId?: string;
  @Required(uuid) readonly locationId!: string;
  @Required(line(200)) readonly name!: string;
  @Optional(nested(() => AddressData)) readonly address?: AddressData;
}

export class ChangeBuildingData implements CommandData<'ChangeBuilding'> {
  @Required(uuid) readonly buildingId!: string;
  @Optional(uuid) readonly locationId?: string;
  @Optional(line(200)) readonly name?: string;
  @Clearable(nested(() => AddressData)) readonly address?: AddressData | null;
}
