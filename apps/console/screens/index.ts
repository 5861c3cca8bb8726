import { accessRoute } from './access/route.ts';
import { auditRoute, auditStartRoute } from './audit/route.ts';
import { catalogueRoute } from './catalogue/route.ts';
import { companiesRoute } from './companies/route.ts';
import { connectionRoute, connectionsRoute } from './connections/route.ts';
import { customerRoute } from './customer/route.ts';
import { evaluateRoute } from './evaluate/route.ts';
import { homeRoute } from './home/route.ts';
import { importRoute } from './import/route.ts';
import { inboxRoute } from './inbox/route.ts';
import { installationRoute } from './installation/route.ts';
import { locationRoute } from './location/route.ts';
import { processRoute } from './process/route.ts';
import { requestRoute } from './request/route.ts';
import { revokeRoute } from './revoke/route.ts';
import { settingsRoute, webhookRoute } from './settings/route.ts';
import { shareRoute } from './share/route.ts';
import { sharesRoute } from './shares/route.ts';

/** Every screen inside the shell. */
export const screens = [
  homeRoute,
  inboxRoute,
  connectionsRoute,
  connectionRoute,
  sharesRoute,
  requestRoute,
  shareRoute,
  evaluateRoute,
  catalogueRoute,
  importRoute,
  customerRoute,
  locationRoute,
  installationRoute,
  processRoute,
  revokeRoute,
  settingsRoute,
  webhookRoute,
  accessRoute,
  companiesRoute,
  auditStartRoute,
  auditRoute,
];
