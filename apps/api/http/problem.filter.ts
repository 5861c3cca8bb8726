import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import {
  CommandIdReused,
  InvalidCommand,
  StaleRevision,
  StreamContended,
  UnknownCommand,
} from '#application';
import { UnknownEvent } from '#contracts';
import { Refusal } from '#domain/kernel';
import { EventStoreFull, EventStoreUnavailable, EventTooLarge } from '#event-store';
import { InvalidPageToken, ViewStoreUnavailable } from '#view-store';
import { InvalidToken } from '../auth/invalid-token.ts';
import { IssuerUnavailable } from '../auth/issuer-keys.ts';
import { HttpProblem, type Problem, problem, STATUS_OF_REFUSAL } from './problem.ts';

const RETRY_AFTER_SECONDS = 1;

/** Transient refusals, and their `Retry-After` in seconds. */
const PASSING: Readonly<Record<string, number>> = { 'not-yet-sealed': 5 };

/** An answer with a problem. */
export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers every error as problem+json. Unexpected errors are logged, and their details are not returned. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(host.switchToHttp().getResponse<FastifyReply>(), error);
  }

  answer(reply: FastifyReply, error: unknown): void {
    send(reply, this.answerTo(error));
  }

  /** The problem for an error, over HTTP and NATS. */
  answerTo(error: unknown): ProblemAnswer {
    const answer = answerTo(error);
    if (answer.problem.status === 500 || error instanceof UnknownEvent) {
      this.log.error({ err: error }, 'A request failed with an unexpected error');
    }
    return answer;
  }
}

/** Sends the problem for the error. */
export function sendProblem(reply: FastifyReply, error: unknown): void {
  send(reply, answerTo(error));
}

function send(reply: FastifyReply, { problem: body, headers }: ProblemAnswer): void {
  if (headers) reply.headers({ ...headers });
  reply.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

/** The problem for an error. */
export function answerTo(error: unknown): ProblemAnswer {
  if (error instanceof Refusal) {
    const { kind, code, message, currentStatus, allowedActions, errors } = error;
    const seconds = PASSING[code];
    return {
      problem: problem(STATUS_OF_REFUSAL[kind], code, message, { currentStatus, allowedActions, errors }),
      ...(seconds !== undefined && { headers: { 'Retry-After': String(seconds) } }),
    };
  }
  if (error instanceof HttpProblem) {
    const { status, code, message, extra } = error;
    const headers = {
      ...(extra.retryAfterSeconds && { 'Retry-After': String(extra.retryAfterSeconds) }),
      ...(extra.challenge && { 'WWW-Authenticate': extra.challenge }),
    };
    return { problem: problem(status, code, message, { errors: extra.errors }), headers };
  }
  if (error instanceof InvalidCommand) {
    return { problem: problem(400, 'invalid-command', error.message, { errors: error.issues }) };
  }
  if (error instanceof InvalidPageToken)
    return { problem: problem(400, 'invalid-page-token', error.message) };
  if (error instanceof UnknownCommand) return { problem: problem(400, 'unknown-command', error.message) };
  if (error instanceof StaleRevision) return { problem: problem(412, 'stale-revision', error.message) };
  if (error instanceof CommandIdReused)
    return { problem: problem(422, 'idempotency-key-reused', error.message) };
  if (error instanceof EventTooLarge) return { problem: problem(413, 'too-large', error.message) };
  if (error instanceof InvalidToken) {
    return {
      problem: problem(401, 'invalid-token', error.message),
      headers: {
        'WWW-Authenticate': `Bearer error="invalid_token", error_description="${error.message}"`,
      },
    };
  }
  if (error instanceof IssuerUnavailable) {
    const detail = 'The token cannot be verified now: its issuer does not answer. Try again.';
    return unavailable('issuer-unavailable', detail);
  }
  if (error instanceof StreamContended) {
    return unavailable(
      'contended',
      'Too many changes are being made to this at the same time. Nothing was recorded; try again.',
    );
  }
  if (error instanceof EventStoreFull) {
    const detail = 'There is no room for further events. What there is can be read.';
    return unavailable('event-store-full', detail);
  }
  if (error instanceof EventStoreUnavailable) {
    const detail =
      'The event store is not answering. Try again with the same Idempotency-Key: nothing is done twice.';
    return unavailable('event-store-unavailable', detail);
  }
  if (error instanceof ViewStoreUnavailable) {
    return unavailable('view-store-unavailable', 'The data cannot be read at the moment. Try again.');
  }
  if (error instanceof UnknownEvent) {
    const detail =
      'An event that it depends on was recorded by a newer release than that of this service. Try another service.';
    return unavailable('unknown-event', detail);
  }
  return { problem: fromFramework(error) };
}

function unavailable(code: string, detail: string): ProblemAnswer {
  return { problem: problem(503, code, detail), headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } };
}

/** Errors that Fastify and Nest raise before our code runs. */
function fromFramework(error: unknown): Problem {
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : 'The request could not be read.';
  if (status === 404) return problem(404, 'not-found', 'There is nothing here.');
  if (status === 413) return problem(413, 'too-large', message);
  if (status === 415) {
    return problem(415, 'unsupported-media-type', 'This Content-Type is not accepted here.');
  }
  // Its message repeats the URL, of whatever length.
  if ((error as { code?: unknown }).code === 'FST_ERR_BAD_URL') {
    return problem(400, 'malformed-request', 'The URL cannot be decoded.');
  }
  if (status >= 400 && status < 500) return problem(status, 'malformed-request', message);
  return problem(500, 'internal-error', 'An unexpected error occurred; it was logged.');
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}
