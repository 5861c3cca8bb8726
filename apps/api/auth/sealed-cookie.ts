import { CompactEncrypt, compactDecrypt } from 'jose';

const ALGORITHM = 'dir';
const ENCRYPTION = 'A256GCM';

/** The most that browsers accept as a cookie's value, with room for its name. */
export const MOST_SEALED = 4_000;

interface SealedCookieOptions {
  /** Of 32 bytes, used for this purpose only. */
  readonly key: Uint8Array;
  /** Whether the service is reached by TLS. Only there can a cookie be bound to its very host. */
  readonly secure: boolean;
  /** `Strict` unless it must be sent on navigation from another site. */
  readonly sameSite: 'Strict' | 'Lax';
  /** In seconds; by default until the browser is closed. */
  readonly maxAge?: number;
}

/** A cookie that only services with the same secret can read or make. No script in a page sees it. */
export class SealedCookie<Content> {
  readonly name: string;
  private readonly attributes: string;

  constructor(
    name: string,
    private readonly options: SealedCookieOptions,
  ) {
    const { secure, sameSite } = options;
    this.name = secure ? `__Host-${name}` : name;
    const attributes = ['Path=/', 'HttpOnly', `SameSite=${sameSite}`, ...(secure ? ['Secure'] : [])];
    this.attributes = attributes.join('; ');
  }

  /** The sealed text in a request's `Cookie`. */
  in(header: string | undefined): string | undefined {
    const prefix = `${this.name}=`;
    const found = header?.split(';').find((cookie) => cookie.trimStart().startsWith(prefix));
    return found?.trim().slice(prefix.length) || undefined;
  }

  /** The sealed value; `undefined` where it was not sealed with this key. */
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

  /** The `Set-Cookie` that stores it. Sealed text has only characters that are valid in a cookie. */
  setCookie(sealed: string): string {
    return this.set(sealed, this.options.maxAge);
  }

  /** The `Set-Cookie` that removes it. */
  removed(): string {
    return this.set('', 0);
  }

  private set(value: string, maxAge: number | undefined): string {
    const lifetime = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
    return `${this.name}=${value}; ${this.attributes}${lifetime}`;
  }
}
