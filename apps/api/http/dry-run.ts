import { SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AnnouncedEvent, StreamReader } from '#application';
import type { Exchange } from './exchange.ts';
import { flag, parameters } from './list-request.ts';

const SENDS_COMMAND = 'tessera:sends-command';

/** A route that sends a command, and supports `dryRun`. */
export const SendsCommand = () => SetMetadata(SENDS_COMMAND, true);

/** Whether the method of a controller declares so. */
export function sendsCommand(method: Parameters<Reflector['get']>[1]): boolean {
  return new Reflector().get<boolean | undefined>(SENDS_COMMAND, method) === true;
}

export const DRY_RUN = { dryRun: flag };

/** The result of a dry run, filled in by the code that would write. */
export interface DryRun {
  /** The events that would be recorded, as the caller may see them. */
  events: readonly AnnouncedEvent[];
  /** The log as it would then be. */
  log?: StreamReader;
}

/** What a write would do: the events that it would record, as the caller may see them, and its answer. */
export interface DryRunAnswer {
  readonly events: readonly AnnouncedEvent[];
  readonly answer: { readonly status: number; readonly body: object };
}

/**
 * Reads `?dryRun` of a write.
 * @throws HttpProblem 400 there are other parameters, or it is neither true nor false
 */
export function dryRunOf(request: Exchange['request']): DryRun | undefined {
  if (!request.url.includes('?')) return undefined;
  return parameters({ request }, DRY_RUN).dryRun ? { events: [] } : undefined;
}

/** The answer to a dry run, from that of the write. */
export function dryRunAnswer({ events }: DryRun, reply: Exchange['reply'], body: object): DryRunAnswer {
  const { statusCode: status } = reply;
  reply.status(200);
  return { events, answer: { status, body } };
}
