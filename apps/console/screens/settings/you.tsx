import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Radio, useMantineColorScheme } from '@mantine/core';
import { useAppearances } from '../../parts/appearances.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { useRoleName } from '../../parts/words.ts';
import { chooseLanguage, LANGUAGES, type Language, languageOf } from '../../texts/language.ts';
import type { SettingsTabProps } from './tab.ts';

/** The signed-in person, and settings of this browser. */
export function You({ account: { user, roles } }: SettingsTabProps) {
  const { t, i18n } = useLingui();
  const roleName = useRoleName();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const appearances = useAppearances();
  return (
    <Facts>
      <Fact name={<Trans>Signed in as</Trans>}>{user}</Fact>
      <Fact name={<Trans>Roles</Trans>}>
        {roles.map(roleName).join(', ')}
        <p>
          <Trans>
            They come with your sign-in. The person who manages the users of your company there can change
            them.
          </Trans>
        </p>
      </Fact>
      <Fact name={<Trans>Language</Trans>}>
        <Radio.Group
          aria-label={t`Language`}
          value={languageOf(i18n.locale)}
          onChange={(language) => void chooseLanguage(language as Language)}
        >
          <Group>
            {Object.entries(LANGUAGES).map(([language, name]) => (
              <Radio key={language} value={language} label={<span lang={language}>{name}</span>} />
            ))}
          </Group>
        </Radio.Group>
      </Fact>
      <Fact name={<Trans>Appearance</Trans>}>
        <Radio.Group
          aria-label={t`Appearance`}
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
        >
          <Group>
            {appearances.map(({ scheme, name }) => (
              <Radio key={scheme} value={scheme} label={name} />
            ))}
          </Group>
        </Radio.Group>
      </Fact>
    </Facts>
  );
}
