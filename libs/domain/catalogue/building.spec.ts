import { describe, expect, it } from '@jest/globals';
import { type Changes, fold } from '#domain/kernel';
import { commandsOf, scenario } from '#domain/kernel/testing';
import type { BuildingCommand, BuildingDetails, BuildingEvent, LocationState } from './index.ts';
import { building, location } from './index.ts';

const ask = commandsOf<BuildingCommand>();
const address = { street: 'Markt 5', city: 'Gent' };
const details = { name: 'Annex', address };
const locationOf = (account: string, locationId = 'l1'): { location: LocationState } => ({
  location: fold(location, location.initial, [
    {
      type: 'LocationAdded',
      data: { locationId, account, customerId: 'k1', details: { name: 'Oven', address } },
    },
  ]),
});
const add = ask('frost', 'AddBuilding', { buildingId: 'b1', locationId: 'l1', ...details });
const added: BuildingEvent = {
  type: 'BuildingAdded',
  data: { buildingId: 'b1', account: 'frost', locationId: 'l1', customerId: 'k1', details },
};
const change = (account: string, changes: Changes<BuildingDetails> & { locationId?: string }) =>
  ask(account, 'ChangeBuilding', { buildingId: 'b1', ...changes });
const changed = (changes: Changes<BuildingDetails>): BuildingEvent => ({
  type: 'BuildingChanged',
  data: { buildingId: 'b1', account: 'frost', changes },
});
const given = scenario(building).given;

describe('adding a building', () => {
  it('records it at a location of the account, with the customer of that location', () => {
    given().when(add, locationOf('frost')).then(added);
  });

  it('R-T4 records the share a copy was taken from', () => {
    const copiedFrom = { shareId: 's1', id: 'b9' };
    const copy = ask('frost', 'AddBuilding', { ...add.data, copiedFrom });
    const copied = { ...added, data: { ...added.data, copiedFrom } } as BuildingEvent;
    given().when(copy, locationOf('frost')).then(copied);
  });

  it('changes nothing the second time', () => {
    given(added).when(add, locationOf('frost')).thenNothing();
  });

  it.each<[string, { location: LocationState } | undefined]>([
    ['of another account', locationOf('rime')],
    ['that does not exist', { location: location.initial }],
    ['other than the one named', locationOf('frost', 'l2')],
    ['that nobody looked up', undefined],
  ])('R-P2 refuses a location %s', (_, facts) => {
    given().when(add, facts).thenRefused('impossible', 'location-not-found');
  });

  it('refuses an id in use, alike for its owner and for a stranger', () => {
    const other = ask('frost', 'AddBuilding', { ...add.data, name: 'Tower' });
    const stranger = ask('rime', 'AddBuilding', add.data);
    given(added).when(other, locationOf('frost')).thenRefused('conflict', 'id-in-use');
    given(added).when(stranger, locationOf('rime')).thenRefused('conflict', 'id-in-use');
  });
});

describe('changing a building', () => {
  it('records only what changes', () => {
    given(added)
      .when(change('frost', { name: 'Annex', address: null }))
      .then(changed({ address: null }));
  });

  it('changes nothing the second time', () => {
    given(added, changed({ address: null }))
      .when(change('frost', { address: null }))
      .thenNothing();
  });

  it('accepts its own location and refuses to move to another', () => {
    given(added)
      .when(change('frost', { locationId: 'l1', name: 'Tower' }))
      .then(changed({ name: 'Tower' }));
    given(added)
      .when(change('frost', { locationId: 'l2' }))
      .thenRefused('conflict', 'building-never-moves');
  });

  it('R-G2 refuses the building of another account, which learns nothing', () => {
    given(added)
      .when(change('rime', { name: 'Tower' }))
      .thenRefused('not-found', 'not-found');
    given()
      .when(change('frost', { name: 'Tower' }))
      .thenRefused('not-found', 'not-found');
  });

  it('cannot precede the addition', () => {
    expect(() => building.evolve(building.initial, changed({ name: 'Tower' }))).toThrow('cannot follow');
  });
});
