/** Method, headers and body of a request. */
export interface Sent {
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the request, and closes its connection. */
  readonly signal?: AbortSignal;
}

/** A request to the service at `url`. */
export function requestTo(
  url: string,
  method: string,
  path: string,
  { body, headers, signal }: Sent = {},
): Request {
  const isJson = body !== undefined && !isRaw(body);
  return new Request(new URL(path, url), {
    method,
    signal,
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
    body: isRaw(body) ? body : isJson ? JSON.stringify(body) : undefined,
  });
}

function isRaw(body: unknown): body is string | Buffer<ArrayBuffer> {
  return typeof body === 'string' || Buffer.isBuffer(body);
}
