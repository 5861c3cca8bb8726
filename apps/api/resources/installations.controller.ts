import { Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { GetInstallation, ListActivities, ListGrants, ListInstallations } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, flag, listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';

const FILTERS = {
  customerId: anyText,
  locationId: anyText,
  buildingId: anyText,
  archived: flag,
  access: oneOf('root', 'operator', 'installation-manager', 'subcontractor', 'on-loan', 'former'),
};

/** Installations as the caller keeps them, their logbooks, and who was given access to them. */
@Controller('v1/installations')
export class InstallationsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  register(@Http() http: Exchange) {
    return this.writes.send(http, 'RegisterInstallation');
  }

  @Get()
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListInstallations(http.caller, filter, page));
  }

  @Get(':id')
  get(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.reads.answer(http, new GetInstallation(http.caller, installationId));
  }

  @Patch(':id')
  change(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'ChangeInstallation', { installationId });
  }

  @Post(':id/archive')
  @HttpCode(200)
  archive(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'ArchiveInstallation', { installationId });
  }

  @Post(':id/restore')
  @HttpCode(200)
  restore(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'RestoreInstallation', { installationId });
  }

  @Get(':id/activities')
  activities(@Http() http: Exchange, @Param('id') installationId: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListActivities(http.caller, installationId, page));
  }

  @Post(':id/activities')
  addActivity(@Http() http: Exchange, @Param('id') installationId: string) {
    return this.writes.send(http, 'AddActivity', { installationId });
  }

  @Patch(':id/activities/:activityId')
  changeActivity(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('activityId') activityId: string,
  ) {
    return this.writes.send(http, 'ChangeActivity', { installationId, activityId });
  }

  @Delete(':id/activities/:activityId')
  removeActivity(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('activityId') activityId: string,
  ) {
    return this.writes.send(http, 'RemoveActivity', { installationId, activityId });
  }

  @Get(':id/grants')
  grants(@Http() http: Exchange, @Param('id') installationId: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListGrants(http.caller, installationId, page));
  }

  @Post(':id/grants/:grantId/revoke')
  @HttpCode(200)
  revokeGrant(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('grantId') grantId: string,
  ) {
    return this.writes.send(http, 'RevokeGrant', { installationId, grantId });
  }

  @Post(':id/grants/:grantId/return')
  @HttpCode(200)
  returnAccess(
    @Http() http: Exchange,
    @Param('id') installationId: string,
    @Param('grantId') grantId: string,
  ) {
    return this.writes.send(http, 'ReturnAccess', { installationId, grantId });
  }
}
