import { Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { GetInstallation, ListActivities, ListGrants, ListInstallations } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, flag, listRequest, oneOfAliased } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

const FILTERS = {
  customerId: anyText,
  locationId: anyText,
  buildingId: anyText,
  archived: flag,
  access: oneOfAliased(
    ['root', 'operator', 'installation-manager', 'subcontractor', 'on-loan', 'former'],
    new Map([['borrowed', 'on-loan']]),
  ),
};

const LOGBOOK = { documents: flag };

/** Installations as the caller keeps them, their logbooks, and who was given access to them. */
@Controller('v1/installations')
export class InstallationsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('RegisterInstallation')
  register(@Http() http: Exchange) {
    return this.writes.send(http, 'RegisterInstallation');
  }

  @Get()
  @Lists('ListedInstallation', {
    summary: 'The installations the account has, or had, access to, by its own references.',
    filters: FILTERS,
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListInstallations(http.caller, filter, page));
  }

  @Get(':id')
  @Shows('InstallationView', {
    summary: 'An installation as the caller keeps it; after a withdrawal as it was then.',
  })
  get(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.reads.answer(http, new GetInstallation(http.caller, installationId));
  }

  @Patch(':id')
  @Does('ChangeInstallation', ['installationId'])
  change(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'ChangeInstallation', { installationId });
  }

  @Post(':id/archive')
  @Does('ArchiveInstallation', ['installationId'])
  archive(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'ArchiveInstallation', { installationId });
  }

  @Post(':id/restore')
  @Does('RestoreInstallation', ['installationId'])
  restore(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'RestoreInstallation', { installationId });
  }

  @Get(':id/activities')
  @Lists('ActivityView', {
    summary:
      'The logbook, the latest work first; with documents, only work orders and what a file is attached to.',
    filters: LOGBOOK,
  })
  activities(@Http() http: Exchange, @Param('id') installationId: string) {
    const { filter, page } = listRequest(http, LOGBOOK);
    return this.reads.answer(http, new ListActivities(http.caller, installationId, page, filter.documents));
  }

  @Post(':id/activities')
  @Does('AddActivity', ['installationId'])
  addActivity(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'AddActivity', { installationId });
  }

  @Patch(':id/activities/:activityId')
  @Does('ChangeActivity', ['installationId', 'activityId'])
  changeActivity(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('activityId') activityId: string,
  ) {
    return this.writes.send(http, 'ChangeActivity', { installationId, activityId });
  }

  @Delete(':id/activities/:activityId')
  @Does('RemoveActivity', ['installationId', 'activityId'])
  removeActivity(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('activityId') activityId: string,
  ) {
    return this.writes.send(http, 'RemoveActivity', { installationId, activityId });
  }

  @Get(':id/grants')
  @Lists('GrantView', { summary: 'The grants the account gave or holds.' })
  grants(@Http() http: Exchange, @Param('id') installationId: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListGrants(http.caller, installationId, page));
  }

  @Post(':id/grants/:grantId/revoke')
  @Does('RevokeGrant', ['installationId', 'grantId'], { mayTakeLonger: true })
  revokeGrant(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('grantId') grantId: string,
  ) {
    return this.writes.send(http, 'RevokeGrant', { installationId, grantId });
  }

  @Post(':id/grants/:grantId/return')
  @Does('ReturnAccess', ['installationId', 'grantId'], { mayTakeLonger: true })
  returnAccess(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('grantId') grantId: string,
  ) {
    return this.writes.send(http, 'ReturnAccess', { installationId, grantId });
  }
}
