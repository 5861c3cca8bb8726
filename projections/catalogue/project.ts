// What an account keeps: its customers, their locations and buildings, and which of them are alike.
import { applyChanges } from '#domain/kernel';
import { defineProjection } from '../define.ts';
import { begin, carry } from '../reflecting.ts';
import { buildings, customers, locations } from './document.ts';

export const catalogueProjection = defineProjection({
  name: 'catalogue',
  version: 2,
  collections: [customers, locations, buildings],
  on: {
    CustomerAdded: (event) => {
      const { customerId: id, ...customer } = event.data;
      return [begin(customers, id, event, () => ({ id, ...customer }))];
    },
    CustomerChanged: (event) => [
      carry(customers, event.data.customerId, event, (customer) => ({
        ...customer,
        details: applyChanges(customer.details, event.data.changes),
      })),
    ],
    LocationAdded: (event) => {
      const { locationId: id, ...location } = event.data;
      return [begin(locations, id, event, () => ({ id, ...location }))];
    },
    LocationChanged: (event) => [
      carry(locations, event.data.locationId, event, (location) => ({
        ...location,
        details: applyChanges(location.details, event.data.changes),
      })),
    ],
    BuildingAdded: (event) => {
      const { buildingId: id, ...building } = event.data;
      return [begin(buildings, id, event, () => ({ id, ...building }))];
    },
    BuildingChanged: (event) => [
      carry(buildings, event.data.buildingId, event, (building) => ({
        ...building,
        details: applyChanges(building.details, event.data.changes),
      })),
    ],
  },
});
