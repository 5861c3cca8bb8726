/** Version, trace, span and flags; later versions may append fields. */
const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

const MAX_LENGTH = 256;

/**
 * The trace context in a W3C `traceparent` header, in the version that is known here; `undefined` for an invalid one,
 * which is ignored as the standard asks.
 */
export function readTraceparent(header: unknown): string | undefined {
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return undefined;
  const [, version, trace, span, flags, more] = TRACEPARENT.exec(header) ?? [];
  if (trace === undefined || (version === '00' && more !== undefined)) return undefined;
  return `00-${trace}-${span}-${flags}`;
}

/** The id of the trace. */
export function traceOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
