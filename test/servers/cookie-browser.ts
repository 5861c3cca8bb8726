/** What a browser keeps and sends, without pages: cookies by origin, redirects one by one. */
export class CookieBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** The cookies of an origin, by name. */
  cookiesOf(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }

  /** The attributes with which each cookie was set last, by name. */
  readonly attributes = new Map<string, string>();

  /** Sends one request; a redirect is answered as it is. */
  async open(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const jar = this.cookiesOf(String(url));
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      this.attributes.set(name, attributes);
      if (value === '' || /Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(attributes)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /**
   * Follows redirects.
   * @param until the address at which to stop, without asking for it
   * @returns the last address, and its answer
   */
  async follow(
    url: string | URL,
    init: RequestInit = {},
    until: (url: URL) => boolean = () => false,
  ): Promise<{ readonly url: URL; readonly response?: Response }> {
    let at = new URL(url);
    let sent = init;
    for (;;) {
      if (until(at)) return { url: at };
      const response = await this.open(at, sent);
      const location = response.headers.get('location');
      if (location === null) return { url: at, response };
      await response.body?.cancel();
      at = new URL(location, at);
      sent = {};
    }
  }
}
