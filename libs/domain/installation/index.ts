export * from './access.ts';
export * from './access-types.ts';
export * from './commands.ts';
export {
  type InstallationFacts,
  installation,
  installationRefusalContext,
  installationRoles,
  type Spot,
} from './decide.ts';
export * from './events.ts';
export {
  earliest,
  endedAsAgreed,
  endOf,
  hasCome,
  installationByClock,
  sharesToCheck,
  treeByClock,
  withEnds,
} from './expiry.ts';
export * from './grants.ts';
export * from './identity.ts';
export * from './query.ts';
export * from './refrigerants.ts';
export * from './revocation.ts';
export * from './state.ts';
