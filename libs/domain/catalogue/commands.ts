import type { Changes, Command } from '#domain/kernel';
import type { BuildingDetails, CopySource, CustomerDetails, LocationDetails } from './events.ts';

export type AddCustomer = Command<
  'AddCustomer',
  { customerId: string; copiedFrom?: CopySource } & CustomerDetails
>;
export type ChangeCustomer = Command<'ChangeCustomer', { customerId: string } & Changes<CustomerDetails>>;
export type CustomerCommand = AddCustomer | ChangeCustomer;

export type AddLocation = Command<
  'AddLocation',
  { locationId: string; customerId: string; copiedFrom?: CopySource } & LocationDetails
>;
/** A `customerId` other than its own is refused: a location never moves to another customer. */
export type ChangeLocation = Command<
  'ChangeLocation',
  { locationId: string; customerId?: string } & Changes<LocationDetails>
>;
export type LocationCommand = AddLocation | ChangeLocation;

export type AddBuilding = Command<
  'AddBuilding',
  { buildingId: string; locationId: string; copiedFrom?: CopySource } & BuildingDetails
>;
export type ChangeBuilding = Command<
  'ChangeBuilding',
  { buildingId: string; locationId?: string } & Changes<BuildingDetails>
>;
export type BuildingCommand = AddBuilding | ChangeBuilding;
