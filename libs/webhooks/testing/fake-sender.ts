import type { ReceiverAnswer, Sender, SentRequest } from '../sender.ts';

/** A request to a receiver. */
export interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the change. */
  readonly id: string;
  readonly type: string;
  readonly subject: string;
}

/** Receives the requests to all receivers, and answers them as a spec says. */
export class FakeSender implements Sender {
  readonly received: Received[] = [];
  answer: (request: Received) => ReceiverAnswer | Promise<ReceiverAnswer> = () => ({ status: 200 });

  async send({ url, headers, body, signal }: SentRequest): Promise<ReceiverAnswer> {
    const { id, type, subject } = JSON.parse(body);
    const received = { url, headers, body, id, type, subject };
    this.received.push(received);
    const cut = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => cut.reject(signal.reason));
    cut.promise.catch(() => undefined);
    return await Promise.race([this.answer(received), cut.promise]);
  }

  /** The subjects of what was sent, in request; to one URL where that is given. */
  subjects(url?: string): string[] {
    return this.received.filter((one) => url === undefined || one.url === url).map(({ subject }) => subject);
  }

  async close(): Promise<void> {}
}
