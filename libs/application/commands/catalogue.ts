import { CommandHandler } from '@nestjs/cqrs';
import {
  type BuildingCommand,
  type BuildingEvent,
  type BuildingFacts,
  type BuildingState,
  building,
  buildingRoles,
  type CustomerCommand,
  type CustomerEvent,
  type CustomerState,
  customer,
  customerRoles,
  type LocationCommand,
  type LocationEvent,
  type LocationFacts,
  type LocationState,
  location,
  locationRoles,
} from '#domain/catalogue';
import type { StreamCommands } from '../command-executor.ts';
import { Dispatch, StreamCommandHandler } from './stream-command-handler.ts';

export class DispatchCustomerCommand extends Dispatch<CustomerCommand> {}

@CommandHandler(DispatchCustomerCommand)
export class CustomerCommandHandler extends StreamCommandHandler<
  CustomerState,
  CustomerCommand,
  CustomerEvent,
  undefined
> {
  protected readonly commands: StreamCommands<CustomerState, CustomerCommand, CustomerEvent, undefined> = {
    decider: customer,
    roles: customerRoles,
    streamId: (command) => command.data.customerId,
    facts: () => undefined,
  };
}

export class DispatchLocationCommand extends Dispatch<LocationCommand> {}

@CommandHandler(DispatchLocationCommand)
export class LocationCommandHandler extends StreamCommandHandler<
  LocationState,
  LocationCommand,
  LocationEvent,
  LocationFacts
> {
  protected readonly commands: StreamCommands<LocationState, LocationCommand, LocationEvent, LocationFacts> =
    {
      decider: location,
      roles: locationRoles,
      streamId: (command) => command.data.locationId,
      facts: async (command, _state, aggregates) =>
        command.type === 'AddLocation'
          ? { customer: await aggregates.state(customer, command.data.customerId) }
          : undefined,
    };
}

export class DispatchBuildingCommand extends Dispatch<BuildingCommand> {}

@CommandHandler(DispatchBuildingCommand)
export class BuildingCommandHandler extends StreamCommandHandler<
  BuildingState,
  BuildingCommand,
  BuildingEvent,
  BuildingFacts
> {
  protected readonly commands: StreamCommands<BuildingState, BuildingCommand, BuildingEvent, BuildingFacts> =
    {
      decider: building,
      roles: buildingRoles,
      streamId: (command) => command.data.buildingId,
      facts: async (command, _state, aggregates) =>
        command.type === 'AddBuilding'
          ? { location: await aggregates.state(location, command.data.locationId) }
          : undefined,
    };
}
