import fastifyCookie from '@fastify/cookie';
import { CompactEncrypt, compactDecrypt } from 'jose';

// Not its hook, which would read the cookies of every request.
const { parse, serialize } = fastifyCookie.fastifyCookie;

const ALGORITHM = 'dir';
const ENCRYPTION = 'A256GCM';

/** What browsers take of one cookie's value, with room left for its name. */
export const MOST_SEALED = 4_000;

interface SealedCookieOptions {
  /** Of 32 bytes, and for this purpose alone: what is sealed for another one is none of it. */
  readonly key: Uint8Array;
  /** Whether the service is reached by TLS. Only there can a cookie be bound to its very host. */
  readonly secure: boolean;
  /** `strict` unless it is to be there when another site leads here. */
  readonly sameSite: 'strict' | 'lax';
  /** In seconds; as long as the browser runs unless given. */
  readonly maxAge?: number;
}

/** A cookie that only services with the same secret can read or make. No script in a page sees it. */
export class SealedCookie<Content> {
  readonly name: string;
  private readonly attributes: Parameters<typeof serialize>[2];

  constructor(
    name: string,
    private readonly options: SealedCookieOptions,
  ) {
    const { secure, sameSite } = options;
    this.name = secure ? `__Host-${name}` : name;
    this.attributes = { httpOnly: true, path: '/', secure, sameSite };
  }

  /** The sealed text in a request's `Cookie`. */
  in(header: string | undefined): string | undefined {
    if (!header?.includes(this.name)) return undefined;
    return parse(header)[this.name] || undefined;
  }

  /** What was sealed; `undefined` of what was not, or with another key. */
  async open(sealed: string): Promise<Content | undefined> {
    const algorithms = {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
    };
    const opened = await compactDecrypt(sealed, this.options.key, algorithms).catch(() => undefined);
    return opened && (JSON.parse(new TextDecoder().decode(opened.plaintext)) as Content);
  }

  seal(content: Content): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
      .encrypt(this.options.key);
  }

  /** The `Set-Cookie` that keeps it. */
  kept(sealed: string): string {
    return serialize(this.name, sealed, { ...this.attributes, maxAge: this.options.maxAge });
  }

  /** The `Set-Cookie` that removes it. */
  removed(): string {
    return serialize(this.name, '', { ...this.attributes, maxAge: 0 });
  }
}
