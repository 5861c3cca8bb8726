import type { Projection } from '#subscriptions';
import { accessProjection } from './access/index.ts';
import { accountsProjection } from './accounts/index.ts';
import { activitiesProjection } from './activities/index.ts';
import { catalogueProjection } from './catalogue/index.ts';
import { changesProjection } from './changes/index.ts';
import { connectionsProjection } from './connections/index.ts';
import { dashboardProjection } from './dashboard/index.ts';
import { erasuresProjection } from './erasures/index.ts';
import { importsProjection } from './imports/index.ts';
import { inboxProjection } from './inbox/index.ts';
import { installationsProjection } from './installations/index.ts';
import { sharesProjection } from './shares/index.ts';
import { storiesProjection } from './stories/index.ts';
import { webhooksProjection } from './webhooks/index.ts';

export * from './access/index.ts';
export * from './accounts/index.ts';
export * from './activities/index.ts';
export * from './catalogue/index.ts';
export * from './changes/index.ts';
export * from './connections/index.ts';
export * from './dashboard/index.ts';
export * from './erasures/index.ts';
export * from './imports/index.ts';
export * from './inbox/index.ts';
export * from './installations/index.ts';
export { idWord } from './search.ts';
export * from './shares/index.ts';
export * from './stories/index.ts';
export * from './webhooks/index.ts';

/** Every read model. */
export const projections: readonly Projection[] = [
  accountsProjection,
  connectionsProjection,
  catalogueProjection,
  installationsProjection,
  accessProjection,
  activitiesProjection,
  sharesProjection,
  inboxProjection,
  importsProjection,
  dashboardProjection,
  changesProjection,
  storiesProjection,
  webhooksProjection,
  erasuresProjection,
];
