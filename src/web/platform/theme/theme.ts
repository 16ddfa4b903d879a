import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager } from '@mantine/core'
import { dark, gray, leaf } from './colors.ts'

export const colorScheme = localStorageColorSchemeManager({ key: 'parley-color-scheme' })

/** Made once the texts are there: the close buttons of all windows need their words. */
export function createAppTheme(closeLabel: string) {
  const closeButtonProps = { 'aria-label': closeLabel }
  const title = { title: { fontSize: '1.0625rem', fontWeight: 620, lineHeight: '1.35' } }
  return createTheme({
    primaryColor: 'leaf',
    primaryShade: { light: 8, dark: 8 },
    colors: { leaf, gray, dark },
    black: '#18211d',
    fontFamily:
      'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Open Sans", sans-serif',
    fontFamilyMonospace:
      'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
    lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.45' },
    radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
    defaultRadius: 'md',
    headings: {
      fontWeight: '620',
      sizes: {
        h1: { fontSize: '1.375rem', lineHeight: '1.3' },
        h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
        h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      },
    },
    cursorType: 'pointer',
    respectReducedMotion: true,
    // Plain objects, not `Modal.extend`: naming the components here would put them all into the first view.
    components: {
      ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
      Tooltip: { defaultProps: { openDelay: 300, withArrow: true, fz: 'xs' } },
      Modal: {
        defaultProps: {
          centered: true,
          overlayProps: { backgroundOpacity: 0.4 },
          closeButtonProps,
          styles: title,
        },
      },
      Drawer: {
        defaultProps: {
          position: 'right',
          overlayProps: { backgroundOpacity: 0.3 },
          closeButtonProps,
          styles: title,
        },
      },
      Menu: { defaultProps: { shadow: 'md', position: 'bottom-end' } },
    },
  })
}

// Mantine's own choices for these miss AA contrast: every pair here has at least 4.5 on its background.
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': '#c02626',
    '--mantine-color-red-6': '#c92a2a',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-6)',
    '--mantine-color-gray-light-color': 'var(--mantine-color-gray-8)',
    '--mantine-color-gray-text': 'var(--mantine-color-gray-7)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-6': '#ff8787',
    '--mantine-color-red-light-color': '#ff8787',
    '--mantine-color-text': '#e4e9e7',
    '--mantine-color-anchor': 'var(--mantine-color-leaf-3)',
    '--mantine-color-leaf-text': 'var(--mantine-color-leaf-3)',
    '--mantine-color-gray-text': 'var(--mantine-color-dark-1)',
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
  },
})
