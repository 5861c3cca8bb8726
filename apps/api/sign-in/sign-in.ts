import { SealedCookie } from '../auth/sealed-cookie.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Flow, SignInProvider } from './provider.ts';
import { Renewals } from './renewals.ts';

/** For so long someone may be at the issuer's pages. */
const FLOW_SECONDS = 600;

/** A flow, and when it was begun. Milliseconds since the epoch. */
export type BegunFlow = Flow & { readonly at: number };

/** How people sign in by an issuer. */
export class SignIn {
  readonly renewals: Renewals;
  /** Bound to this very host where it can be: otherwise a neighbour could have people complete what it began itself. */
  private readonly cookie: SealedCookie<BegunFlow>;

  /** @param key of 32 bytes, for what is kept while someone is at the issuer's pages */
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

  /** The `Set-Cookie` that keeps a flow. */
  async keep(flow: Flow): Promise<string> {
    return this.cookie.kept(await this.cookie.seal({ ...flow, at: Date.now() }));
  }

  /** The flow that was begun in the browser which sends these cookies, if that is not too long ago. */
  async begun(cookies: string | undefined): Promise<Flow | undefined> {
    const sealed = this.cookie.in(cookies);
    const flow = sealed && (await this.cookie.open(sealed));
    return flow && Date.now() - flow.at < FLOW_SECONDS * 1000 ? flow : undefined;
  }

  /** The `Set-Cookie` that forgets the flow. */
  forgotten(): string {
    return this.cookie.removed();
  }
}
