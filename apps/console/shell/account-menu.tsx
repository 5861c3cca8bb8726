import { Trans, useLingui } from '@lingui/react/macro';
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconKeyboard, IconLogout, IconSearch, IconSelector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ownAccount, queryClient } from '../api/queries.ts';
import { useAppearances } from '../parts/appearances.ts';
import { useRoleName } from '../parts/words.ts';
import { signOut } from '../session/provider.ts';
import { endSession, type Session } from '../session/session.ts';
import { chooseLanguage, LANGUAGES, type Language, languageOf } from '../texts/language.ts';
import classes from './account-menu.module.css';
import { isOnPhone, type Place } from './navigation.ts';
import { openOverlay } from './overlays.ts';

interface AccountMenuProps {
  readonly session: Session;
  readonly places: readonly Place[];
}

/** Who is signed in; language, light or dark, and the way out. */
export function AccountMenu({ session, places }: AccountMenuProps) {
  const { i18n, t } = useLingui();
  const { data: account } = useQuery({ ...ownAccount(), enabled: session.account !== undefined });
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const roleName = useRoleName();
  const navigate = useNavigate();
  const name = account?.name ?? session.account?.name ?? t`The platform`;
  const appearances = useAppearances();
  const leave = async () => {
    const elsewhere = session.token === undefined ? await signOut() : undefined;
    endSession();
    queryClient.clear();
    if (elsewhere === undefined) void navigate({ to: '/sign-in' });
    else window.location.assign(elsewhere);
  };
  const mark = (isChosen: boolean) => isChosen && <IconCheck size={14} aria-hidden />;
  return (
    <Menu position="top-start" width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <span className={classes.purpose}>
            <Trans>Account and settings</Trans>
          </span>
          <span className={classes.initials} aria-hidden>
            {name.slice(0, 1)}
          </span>
          <span className={classes.who}>
            <span>{name}</span>
            <span className={classes.role}>{session.roles.map(roleName).join(', ')}</span>
          </span>
          <IconSelector size={16} stroke={1.75} aria-hidden className={classes.mark} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {places
          .filter((place) => !isOnPhone(place, session))
          .map(({ to, name, icon: Icon }) => (
            <Menu.Item
              key={to}
              className={classes.place}
              leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
              onClick={() => void navigate({ to })}
            >
              {i18n._(name)}
            </Menu.Item>
          ))}
        <Menu.Item
          className={classes.place}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          onClick={() => openOverlay('palette')}
        >
          <Trans>Search everything</Trans>
        </Menu.Item>
        <Menu.Label>
          <Trans>Language</Trans>
        </Menu.Label>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={mark(languageOf(i18n.locale) === language)}
            onClick={() => void chooseLanguage(language as Language)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>
          <Trans>Appearance</Trans>
        </Menu.Label>
        {appearances.map(({ scheme, icon: Icon, name }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
            rightSection={mark(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.75} aria-hidden />}
          onClick={() => openOverlay('help')}
        >
          <Trans>Keyboard shortcuts</Trans>
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />}
          onClick={() => void leave()}
        >
          <Trans>Sign out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
