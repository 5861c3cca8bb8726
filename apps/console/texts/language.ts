import { i18n, type Messages } from '@lingui/core';

export const LANGUAGES = { en: 'English', nl: 'Nederlands' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'tessera.language';

/** How dates and numbers are written, where the browser is not set to a region of that language. */
const REGIONS: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl-NL' };

const CATALOGUES: Readonly<Record<Language, () => Promise<{ readonly messages: Messages }>>> = {
  en: () => import('./en.po'),
  nl: () => import('./nl.po'),
};

/** As chosen here before, or else as the browser is set. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages].map((name) => name && languageOf(name));
  return wanted.find((name): name is Language => !!name && name in LANGUAGES) ?? 'en';
}

export async function showIn(language: Language): Promise<void> {
  const { messages } = await CATALOGUES[language]();
  const [first] = navigator.languages;
  const locale = first?.startsWith(`${language}-`) ? first : REGIONS[language];
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = language;
}

/** @param locale a language, and maybe a region of it */
export function languageOf(locale: string): string {
  return locale.slice(0, 2);
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await showIn(language);
}
