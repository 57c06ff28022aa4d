import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const indigo: MantineColorsTuple = [
  '#eef0fe',
  '#dce0fb',
  '#b8bff6',
  '#929df1',
  '#7180ec',
  '#5b6be6',
  '#3f4fd8',
  '#3443c2',
  '#2a379f',
  '#222d80',
]

const grey: MantineColorsTuple = [
  '#f7f8fa',
  '#f2f4f7',
  '#e8ebef',
  '#d3d9e0',
  '#9aa4b0',
  '#7a8592',
  '#5f6a78',
  '#434d5b',
  '#2b333f',
  '#191f28',
]

const dark: MantineColorsTuple = [
  '#eceef1',
  '#c3c9d1',
  '#a2aab5',
  '#7d8692',
  '#434853',
  '#2d3038',
  '#1b1d22',
  '#141519',
  '#101114',
  '#0b0c0e',
]

const closeButtonProps = { 'aria-label': '닫기 (Close)' }

/** Mantine drawn with the tokens of tokens.css: one accent, hairlines instead of shadows, Pretendard. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  colors: { indigo, gray: grey, dark },
  fontFamily:
    "'Pretendard Variable', Pretendard, -apple-system, BlinkMacSystemFont, 'Apple SD Gothic Neo', 'Noto Sans KR', sans-serif",
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '13px', sm: '14px', md: '16px', lg: '18px', xl: '20px' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  luminanceThreshold: 0.33,
  headings: { fontWeight: '650' },
  components: {
    // Links stand in sentences, and colour alone does not tell them apart.
    Anchor: { defaultProps: { underline: 'always' } },
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 600 } } },
    // Their crosses have no word of their own.
    Notification: { defaultProps: { closeButtonProps } },
    Drawer: { defaultProps: { closeButtonProps } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps,
      },
    },
    Tooltip: {
      defaultProps: {
        multiline: true,
        withArrow: true,
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': '#6f7a87',
    '--mantine-color-error': 'var(--broken)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
  },
  dark: {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': '#8d96a2',
    '--mantine-color-error': 'var(--broken)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-default': 'var(--sunken)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
  },
})
