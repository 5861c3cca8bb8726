import { SealedCookie } from '../auth/sealed-cookie.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Flow, SignInProvider } from './provider.ts';
import { Renewals } from './renewals.ts';

/** How long a sign-in at the issuer may take. */
const FLOW_SECONDS = 600;

/** A flow, and when it was started. Milliseconds since the epoch. */
export type StartedFlow = Flow & { readonly at: number };

/** Sign-in by an OpenID Connect issuer. */
export class SignIn {
  readonly renewals: Renewals;
  /** Bound to this host where possible: otherwise a sibling domain could make people complete its own sign-in. */
  private readonly cookie: SealedCookie<StartedFlow>;

  /** @param key of 32 bytes, for the cookie of a sign-in in progress */
  constructor(
    readonly provider: SignInProvider,
    readonly sessions: Sessions,
    readonly publicUrl: string,
    key: Uint8Array,
  ) {
    this.renewals = new Renewals(provider);
    const secure = publicUrl.startsWith('https:');
    this.cookie = new SealedCookie('tessera-sign-in', { key, secure, sameSite: 'Lax', maxAge: FLOW_SECONDS });
  }

  /** The `Set-Cookie` that stores a flow. */
  async keep(flow: Flow): Promise<string> {
    return this.cookie.setCookie(await this.cookie.seal({ ...flow, at: Date.now() }));
  }

  /** The flow that was started in this browser, unless it has expired. */
  async startedFlow(cookies: string | undefined): Promise<Flow | undefined> {
    const sealed = this.cookie.in(cookies);
    const flow = sealed && (await this.cookie.open(sealed));
    return flow && Date.now() - flow.at < FLOW_SECONDS * 1000 ? flow : undefined;
  }

  /** The `Set-Cookie` that removes the flow. */
  clearedCookie(): string {
    return this.cookie.removed();
  }
}
