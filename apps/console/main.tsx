import '@mantine/core/styles.layer.css';
import './theme/global.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLive } from './api/live.ts';
import { queryClient } from './api/queries.ts';
import { router } from './router.ts';
import { currentSession } from './session/session.ts';
import { preferredLanguage, showIn } from './texts/language.ts';
import { cssVariables, theme } from './theme/theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// What locks scrolling behind dialogs writes styles of its own, and looks here for the nonce they need.
Object.assign(globalThis, { __webpack_nonce__: nonce });

// Started while the texts load: all reads wait for it, and fail with it.
const session = currentSession();
if (session !== undefined) startLive(session).catch(() => undefined);

await showIn(preferredLanguage());

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </MantineProvider>
  </StrictMode>,
);
