import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { checkMessage } from '../openapi/described-messages.ts';
import { until, type View } from './world.ts';

/** A receiver of webhooks as an account runs it. */
export class Receiver {
  readonly received: {
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
    readonly event: View;
  }[] = [];
  status = 200;
  readonly #server: Server = createServer(async (request, response) => {
    const body = await text(request);
    this.received.push({ headers: request.headers, body, event: JSON.parse(body) });
    response.writeHead(this.status).end();
  });

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Waits for the latest of its kind. */
  async one(
    type: string,
    about: string,
  ): Promise<{ headers: Record<string, string>; body: string; event: View }> {
    const found = () =>
      this.received.findLast(({ event }) => event.type === type && event.subject.endsWith(about));
    const one = (await until(
      async () => found(),
      (one) => one !== undefined,
    )) as { headers: Record<string, string>; body: string; event: View };
    checkMessage(type, one.event, one.headers);
    return one;
  }
}
