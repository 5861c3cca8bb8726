// An account's catalogue: its customers, their locations and buildings, and which of them may be the same.
import { applyChanges } from '#domain/kernel';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { buildings, customers, locations } from './document.ts';

export const catalogueProjection = defineProjection({
  name: 'catalogue',
  version: 4,
  collections: [customers, locations, buildings],
  on: {
    CustomerAdded: (event) => {
      const { customerId: id, ...customer } = event.data;
      return [upsert(customers, id, event, () => ({ id, ...customer }))];
    },
    CustomerChanged: (event) => [
      update(customers, event.data.customerId, event, (customer) => ({
        ...customer,
        details: applyChanges(customer.details, event.data.changes),
      })),
    ],
    LocationAdded: (event) => {
      const { locationId: id, ...location } = event.data;
      return [upsert(locations, id, event, () => ({ id, ...location }))];
    },
    LocationChanged: (event) => [
      update(locations, event.data.locationId, event, (location) => ({
        ...location,
        details: applyChanges(location.details, event.data.changes),
      })),
    ],
    BuildingAdded: (event) => {
      const { buildingId: id, ...building } = event.data;
      return [upsert(buildings, id, event, () => ({ id, ...building }))];
    },
    BuildingChanged: (event) => [
      update(buildings, event.data.buildingId, event, (building) => ({
        ...building,
        details: applyChanges(building.details, event.data.changes),
      })),
    ],
  },
});
