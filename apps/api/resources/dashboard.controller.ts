import { Controller, Get } from '@nestjs/common';
import { GetDashboard } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { parameters, wholeNumber } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Shows } from '../openapi/describe.ts';

const MOST_DAYS = 366;
const DEFAULT_DAYS = 30;
const PARAMETERS = { days: wholeNumber(1, MOST_DAYS) };

/** An account's figures. */
@Controller('v1/dashboard')
export class DashboardController {
  constructor(private readonly reads: Reads) {}

  @Get()
  @Shows('DashboardView', {
    summary: 'Counts by status and role, what waits, what closes soon, and what happened day by day.',
    parameters: PARAMETERS,
  })
  get(@Http() http: Exchange) {
    const { days = DEFAULT_DAYS } = parameters(http, PARAMETERS);
    return this.reads.answer(http, new GetDashboard(http.caller, days));
  }
}
