import { useLingui } from '@lingui/react/macro';
import { useMantineColorScheme } from '@mantine/core';
import {
  IconBuildingStore,
  IconFileImport,
  IconKeyboard,
  IconLanguage,
  IconPlugConnected,
  IconSend,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useAppearances } from '../../parts/appearances.ts';
import type { Session } from '../../session/session.ts';
import { chooseLanguage, LANGUAGES, type Language } from '../../texts/language.ts';
import { placesOf } from '../navigation.ts';
import { openOverlay } from '../overlays.ts';
import type { Entry } from './entry.ts';

/** Where one may go, and what one may do from anywhere. */
export function usePlacesAndActions(session: Session): {
  readonly places: readonly Entry[];
  readonly actions: readonly Entry[];
} {
  const { i18n, t } = useLingui();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const appearances = useAppearances();
  const places = placesOf(session).map(({ to, name, icon }) => ({
    key: to,
    name: i18n._(name),
    icon,
    go: () => void navigate({ to }),
  }));
  const ofMembers: readonly Entry[] = [
    {
      key: 'request',
      name: t`Request installations`,
      icon: IconSend,
      go: () => void navigate({ to: '/shares/new' }),
    },
    {
      key: 'import',
      name: t`Import a file`,
      icon: IconFileImport,
      go: () => void navigate({ to: '/catalogue/import' }),
    },
    {
      key: 'customer',
      name: t`Add customer`,
      icon: IconBuildingStore,
      go: () => void navigate({ to: '/catalogue', search: { form: 'customer' } }),
    },
  ];
  const ofAdministrators: readonly Entry[] = [
    {
      key: 'connection',
      name: t`Create a connection`,
      icon: IconPlugConnected,
      go: () => void navigate({ to: '/connections', search: { form: 'create' } }),
    },
  ];
  const ofEveryone: readonly Entry[] = [
    ...appearances.map(({ scheme, icon, name }) => ({
      key: scheme,
      name: t`Appearance: ${name}`,
      icon,
      go: () => setColorScheme(scheme),
    })),
    ...Object.entries(LANGUAGES).map(([language, name]) => ({
      key: language,
      name: t`Language: ${name}`,
      icon: IconLanguage,
      go: () => void chooseLanguage(language as Language),
    })),
    { key: 'help', name: t`Keyboard shortcuts`, icon: IconKeyboard, go: () => openOverlay('help') },
  ];
  const isMember = session.account !== undefined;
  const actions = [
    ...(isMember ? ofMembers : []),
    ...(isMember && session.roles.includes('administrator') ? ofAdministrators : []),
    ...ofEveryone,
  ];
  return { places, actions };
}
