import { useLingui } from '@lingui/react/macro';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

/** Light, dark, or as the system has it, to be chosen from. */
export function useAppearances() {
  const { t } = useLingui();
  return [
    { scheme: 'light', icon: IconSun, name: t`Light` },
    { scheme: 'dark', icon: IconMoon, name: t`Dark` },
    { scheme: 'auto', icon: IconDeviceDesktop, name: t`Same as the system` },
  ] as const;
}
