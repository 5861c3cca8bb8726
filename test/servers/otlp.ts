// A collector that receives traces by OTLP over HTTP, and keeps them for the test.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A span as it was exported. */
export interface ExportedSpan {
  readonly service: string;
  readonly name: string;
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** The traces it links to. */
  readonly links: readonly string[];
  readonly failed: boolean;
}

export class TraceServer {
  readonly spans: ExportedSpan[] = [];
  /** How often it was asked. */
  requests = 0;
  readonly #server: Server = createServer(async (request, response) => {
    const body = await buffer(request);
    this.requests += 1;
    if (this.silent) return;
    this.spans.push(...spansOf(body));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });

  /** It accepts requests, and never answers them. */
  silent = false;

  /** The setting `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The fields of a message, by their numbers: numbers, or bytes that are texts or messages again. */
type Fields = ReadonlyMap<number, readonly (number | Buffer)[]>;

function spansOf(request: Buffer): ExportedSpan[] {
  return messages(fieldsOf(request), 1).flatMap((resourceSpans) => {
    const [resource] = messages(resourceSpans, 1);
    const service = String(attributesOf(resource, 1)['service.name']);
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => ({
        service,
        name: text(span, 5),
        trace: hex(span, 1),
        id: hex(span, 2),
        parent: hex(span, 4) || undefined,
        attributes: attributesOf(span, 9),
        links: messages(span, 13).map((link) => hex(link, 1)),
        failed: messages(span, 15).some((status) => status.get(3)?.[0] === 2),
      }));
  });
}

function attributesOf(of: Fields | undefined, number: number): Record<string, string | number> {
  if (of === undefined) return {};
  return Object.fromEntries(
    messages(of, number).map((attribute) => {
      const [value] = messages(attribute, 2);
      const [given] = [...(value?.values() ?? [])].flat();
      return [text(attribute, 1), Buffer.isBuffer(given) ? given.toString() : (given ?? '')];
    }),
  );
}

function messages(of: Fields, number: number): Fields[] {
  return bytes(of, number).map(fieldsOf);
}

function text(of: Fields, number: number): string {
  return bytes(of, number)[0]?.toString() ?? '';
}

function hex(of: Fields, number: number): string {
  return bytes(of, number)[0]?.toString('hex') ?? '';
}

function bytes(of: Fields, number: number): Buffer[] {
  return (of.get(number) ?? []).filter((value) => Buffer.isBuffer(value));
}

/** Reads a message of Protocol Buffers. */
function fieldsOf(message: Buffer): Fields {
  const fields = new Map<number, (number | Buffer)[]>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
    }
  };
  const read = (type: number): number | Buffer => {
    if (type === 0) return varint();
    const length = type === 2 ? varint() : type === 1 ? 8 : 4;
    at += length;
    const value = message.subarray(at - length, at);
    return type === 1 ? value.readDoubleLE() : value;
  };
  while (at < message.length) {
    const key = varint();
    const number = key >> 3;
    fields.set(number, [...(fields.get(number) ?? []), read(key & 7)]);
  }
  return fields;
}
