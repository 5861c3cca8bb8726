import { AccessController } from './access.controller.ts';
import { AccountsController } from './accounts.controller.ts';
import { AuditController } from './audit.controller.ts';
import { AuditReportsController } from './audit-reports.controller.ts';
import { BuildingsController } from './buildings.controller.ts';
import { ChangesController } from './changes.controller.ts';
import { CommandsController } from './commands.controller.ts';
import { ConnectionsController } from './connections.controller.ts';
import { CustomersController } from './customers.controller.ts';
import { DashboardController } from './dashboard.controller.ts';
import { ErasuresController } from './erasures.controller.ts';
import { ImportsController } from './imports.controller.ts';
import { InboxController } from './inbox.controller.ts';
import { InstallationsController } from './installations.controller.ts';
import { LocationsController } from './locations.controller.ts';
import { SharesController } from './shares.controller.ts';
import { WebhooksController } from './webhooks.controller.ts';

/** Every resource there is. */
export const resourceControllers = [
  AccountsController,
  ConnectionsController,
  CustomersController,
  LocationsController,
  BuildingsController,
  InstallationsController,
  ImportsController,
  SharesController,
  InboxController,
  DashboardController,
  AccessController,
  CommandsController,
  AuditController,
  AuditReportsController,
  ChangesController,
  WebhooksController,
  ErasuresController,
] as const;
