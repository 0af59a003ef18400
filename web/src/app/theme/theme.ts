import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { cssVariables, dark, light } from '@/lib/tokens';

const sea: MantineColorsTuple = [
  '#E6F3F6',
  '#D0E8EE',
  '#94C6D1',
  '#6ACBDE',
  '#47BAD1',
  '#2399B1',
  '#0B8198',
  '#086D81',
  '#065969',
  '#044450',
];

export const sans =
  "'Geist Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
export const mono = "'Geist Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono', monospace";

/** Filled accent takes its ink from our token; grey quiet buttons are secondary text, not black. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant === 'filled' && (!input.color || input.color === 'sea'))
    return {
      ...colors,
      background: 'var(--accent-fill)',
      hover: 'var(--accent-fill-hover)',
      color: 'var(--on-accent)',
    };
  if (input.variant === 'subtle' && input.color === 'gray')
    return { ...colors, color: 'var(--text-2)', hover: 'var(--hover)' };
  if (input.variant === 'light' && (!input.color || input.color === 'sea'))
    return { ...colors, background: 'var(--accent-tint)', hover: 'var(--accent-tint-2)', color: 'var(--accent)' };
  return colors;
};

export const theme = createTheme({
  variantColorResolver,
  colors: { sea },
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 4 },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  breakpoints: { xs: '30em', sm: '48em', md: '64em', lg: '80em', xl: '96em' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: { fontFamily: sans, fontWeight: '600' },
  components: {
    Button: {
      defaultProps: { size: 'sm', variant: 'default' },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Tooltip: { defaultProps: { withArrow: false, transitionProps: { duration: 100 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 }, radius: 'md' } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 }, radius: 'md' } },
    SegmentedControl: { defaultProps: { size: 'xs', radius: 'sm', transitionDuration: 120, withItemsBorders: false } },
    Switch: { defaultProps: { size: 'xs' } },
  },
});

/** Mantine's own variables are pointed at our tokens, so that both speak one language. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const bridge = {
    '--mantine-color-body': 'var(--canvas)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--border-strong)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-primary-color-filled': 'var(--accent-fill)',
    '--mantine-primary-color-filled-hover': 'var(--accent-fill-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-light': 'var(--accent-tint)',
    '--mantine-primary-color-light-hover': 'var(--accent-tint-2)',
    '--mantine-primary-color-light-color': 'var(--accent)',
    '--mantine-color-gray-text': 'var(--text-2)',
    '--mantine-color-gray-light': 'var(--hover)',
    '--mantine-color-gray-light-hover': 'var(--active)',
    '--mantine-color-gray-light-color': 'var(--text-2)',
    '--mantine-shadow-md': 'var(--shadow-pop)',
    '--mantine-shadow-sm': 'var(--shadow)',
  };
  return {
    variables: {},
    light: { ...cssVariables('light'), ...bridge, '--mantine-color-white': light.surface },
    dark: { ...cssVariables('dark'), ...bridge, '--mantine-color-dark-6': dark.raised },
  };
};
