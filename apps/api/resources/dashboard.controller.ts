import { Controller, Get } from '@nestjs/common';
import { GetDashboard } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { parameters, wholeNumber } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';

const MOST_DAYS = 366;
const DEFAULT_DAYS = 30;

/** An account's figures. */
@Controller('v1/dashboard')
export class DashboardController {
  constructor(private readonly reads: Reads) {}

  @Get()
  get(@Http() http: Exchange) {
    const { days = DEFAULT_DAYS } = parameters(http, { days: wholeNumber(1, MOST_DAYS) });
    return this.reads.answer(http, new GetDashboard(http.caller, days));
  }
}
