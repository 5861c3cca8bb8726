import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

/** The texts are written in English, where they are shown; `npm run texts` collects them for the other languages. */
export default defineConfig({
  rootDir: import.meta.dirname,
  sourceLocale: 'en',
  locales: ['en', 'nl'],
  catalogs: [{ path: '<rootDir>/texts/{locale}', include: ['<rootDir>'] }],
  format: formatter({ lineNumbers: false }),
  // Texts of one screen stand together.
  orderBy: 'origin',
});
