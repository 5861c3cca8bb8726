import { type CSSVariablesResolver, createTheme } from '@mantine/core';

const SYSTEM_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", "Helvetica Neue", Arial, sans-serif';

/** One accent, and shades of it that can be read on either background. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  black: '#1a1d21',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: SYSTEM_FONT,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { transitionDuration: 0 } },
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 320, openDelay: 200 } },
  },
});

/** Where the library's own colours lack contrast. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-anchor': 'var(--mantine-color-teal-9)',
    '--mantine-color-teal-light-color': 'color-mix(in srgb, var(--mantine-color-teal-9), #000 30%)',
    '--line': 'var(--mantine-color-gray-3)',
    '--surface': '#fff',
    '--ground': '#f8f9fa',
    '--hover': 'rgba(0, 0, 0, 0.035)',
    '--tint': 'color-mix(in srgb, var(--mantine-color-teal-9) 10%, transparent)',
    '--accent': 'var(--mantine-color-teal-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-teal-4)',
    '--mantine-color-teal-light-color': 'var(--mantine-color-teal-3)',
    '--line': 'var(--mantine-color-dark-5)',
    '--surface': 'var(--mantine-color-dark-7)',
    '--ground': 'var(--mantine-color-dark-8)',
    '--hover': 'rgba(255, 255, 255, 0.04)',
    '--tint': 'color-mix(in srgb, var(--mantine-color-teal-4) 14%, transparent)',
    '--accent': 'var(--mantine-color-teal-4)',
  },
});
