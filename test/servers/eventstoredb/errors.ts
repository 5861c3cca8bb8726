import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { Expected } from './log.ts';

/** The status a call ends with: clients evaluate the code and the trailers, not the text. */
export class Refused extends Error implements ServiceError {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: { readonly [name: string]: string | number } = {},
  ) {
    super(details);
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, String(value));
  }
}

export class WrongExpectedVersion extends Refused {
  constructor(
    stream: string,
    readonly expected: Expected,
    readonly actual: bigint | undefined,
  ) {
    super(status.FAILED_PRECONDITION, 'Wrong expected version.', {
      exception: 'wrong-expected-version',
      'stream-name': inAscii(stream),
      'expected-version': typeof expected === 'bigint' ? `${expected}` : '-1',
      ...(actual === undefined ? {} : { 'actual-version': `${actual}` }),
    });
  }
}

export class StreamDeleted extends Refused {
  constructor(stream: string) {
    super(status.FAILED_PRECONDITION, 'The event stream is deleted.', {
      exception: 'stream-deleted',
      'stream-name': inAscii(stream),
    });
  }
}

/** Reading a stream answers with a message for it rather than with an error status. */
export class StreamNotFound extends Error {
  constructor(readonly stream: string) {
    super(`There is no stream ${stream}.`);
  }
}

export class InvalidPosition extends Refused {
  constructor() {
    super(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
  }
}

export class AppendTooLarge extends Refused {
  constructor(readonly limit: number) {
    super(status.INVALID_ARGUMENT, 'Maximum append size exceeded.', {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': limit,
    });
  }
}

export class NotLeader extends Refused {
  constructor(host: string, port: number) {
    super(status.NOT_FOUND, 'Leader info available.', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': port,
    });
  }
}

export class NotReady extends Refused {
  constructor() {
    super(status.UNAVAILABLE, 'Server Is Not Ready');
  }
}

/** Too many calls at once: the status the client derives from an HTTP/2 stream reset with ENHANCE_YOUR_CALM. */
export class Busy extends Refused {
  constructor() {
    super(status.RESOURCE_EXHAUSTED, 'Bandwidth exhausted or memory limit exceeded');
  }
}

/**
 * The same append is still being replicated: this one is dropped, which its client learns when the commit time-out
 * has passed.
 */
export class DuplicateInProgress extends Refused {
  constructor() {
    super(status.DEADLINE_EXCEEDED, 'Operation timed out: commit timeout.');
  }
}

/** The write was lost together with the leader that had accepted it: its client gets no answer. */
export class Truncated extends Error {}

/** The commit was not confirmed in time; it may still take effect. */
export class CommitTimeout extends Refused {
  constructor() {
    super(status.ABORTED, 'Operation timed out: commit timeout.');
  }
}

/** Told of an append in a batch that lacks something. */
export class BadRequest extends Refused {
  constructor(details: string) {
    super(status.INVALID_ARGUMENT, details);
  }
}

export class AccessDenied extends Refused {
  constructor() {
    super(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
  }
}

export class WrongPassword extends Refused {
  constructor() {
    super(status.UNAUTHENTICATED, 'Bad HTTP authentication: no such user, or another password.');
  }
}

/** A call that a real server supports and this one does not; a test that makes one fails. */
export class NotImplemented extends Refused {
  constructor(what: string) {
    super(status.UNIMPLEMENTED, `The test server does not support ${what}.`);
  }
}

/** Trailers are ASCII. */
function inAscii(text: string): string {
  return encodeURIComponent(text);
}
