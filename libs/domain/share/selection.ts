// Evaluates a selection: the same rule for preview, approval and preparation (R-A2, R-A3).
import {
  type Giving,
  type InstallationState,
  leftOutReason,
  type RegisteredInstallation,
} from '#domain/installation';
import type { LeftOut } from './events.ts';

/** An installation of a selection that is shared, or one that is left out, and why. */
export type Judged =
  | { readonly installationId: string; readonly installation: RegisteredInstallation }
  | LeftOut;

/** Whether the installation is shared when the provider selects it (R-A2, R-A3). */
export function judgeSelected(installationId: string, state: InstallationState, giving: Giving): Judged {
  const code = leftOutReason(state, giving);
  if (code !== undefined) return { installationId, code };
  if (state.status === 'none') throw new Error(`Installation ${installationId} is not registered.`);
  return { installationId, installation: state };
}
