/** One source for every colour: CSS variables, the Mantine theme and the ECharts themes are made from it. */
export const light = {
  canvas: '#FAFBFB',
  sunken: '#F4F6F6',
  surface: '#FFFFFF',
  raised: '#FFFFFF',
  hover: '#EFF2F2',
  active: '#E6EAEA',
  'border-subtle': '#EBEEEE',
  border: '#DFE4E4',
  'border-strong': '#BCC5C5',
  control: '#879293',
  text: '#161B1C',
  'text-2': '#4A5354',
  'text-3': '#5C6869',
  'text-disabled': '#98A2A3',
  accent: '#086D81',
  'accent-fill': '#086D81',
  'accent-fill-hover': '#065969',
  'accent-tint': '#E6F3F6',
  'accent-tint-2': '#D0E8EE',
  'accent-border': '#94C6D1',
  'on-accent': '#FFFFFF',
  good: '#18784A',
  'good-tint': '#E7F4ED',
  'good-solid': '#2E9E68',
  warn: '#8A5800',
  'warn-tint': '#FCF3E0',
  'warn-solid': '#C98A12',
  bad: '#BC2F26',
  'bad-tint': '#FCECEA',
  'bad-solid': '#D2483E',
  'bad-fill': '#BC2F26',
  ghost: '#879293',
  shadow: '0 1px 2px rgba(20,30,32,.05)',
  'shadow-pop': '0 8px 24px rgba(20,30,32,.12), 0 1px 3px rgba(20,30,32,.08)',
} as const;

export type TokenName = keyof typeof light;

export const dark: Record<TokenName, string> = {
  canvas: '#0F1415',
  sunken: '#0B0F10',
  surface: '#151B1C',
  raised: '#1B2223',
  hover: '#1D2526',
  active: '#273031',
  'border-subtle': '#1F2829',
  border: '#2A3536',
  'border-strong': '#465354',
  control: '#728081',
  text: '#E9EDED',
  'text-2': '#AEB8B9',
  'text-3': '#8F9B9C',
  'text-disabled': '#5D6869',
  accent: '#47BAD1',
  'accent-fill': '#2F9FB6',
  'accent-fill-hover': '#43B3CA',
  'accent-tint': '#102D34',
  'accent-tint-2': '#163E48',
  'accent-border': '#23616F',
  'on-accent': '#03161A',
  good: '#4FC78A',
  'good-tint': '#11281D',
  'good-solid': '#35A86E',
  warn: '#E0A544',
  'warn-tint': '#2B2213',
  'warn-solid': '#D0942E',
  bad: '#F27D73',
  'bad-tint': '#321B19',
  'bad-solid': '#E0594E',
  'bad-fill': '#BC2F26',
  ghost: '#728081',
  shadow: '0 1px 2px rgba(0,0,0,.3)',
  'shadow-pop': '0 12px 32px rgba(0,0,0,.5), 0 0 0 1px rgba(255,255,255,.04)',
};

/** Ten categories, same order everywhere. Smallest ΔE2000 between any two, under normal, deutan, protan and tritan sight: 9.2. */
export const categorical = {
  light: ['#2B61CC', '#D16029', '#449174', '#AC245F', '#B68900', '#089ABC', '#563293', '#6F3C37', '#545700', '#5C6567'],
  dark: ['#7391DE', '#EB9163', '#6CB9A0', '#C84E85', '#FECC69', '#7EDAF1', '#8269BE', '#AD7164', '#95912A', '#7F898A'],
} as const;

/** Seven steps, near-surface to strong; one hue. */
export const sequential = {
  light: ['#EDF2FB', '#D3DFF6', '#AFC5EE', '#86A6E3', '#5C84D7', '#2B61CC', '#1B4391'],
  dark: ['#1A2230', '#212F4A', '#2B4170', '#3A5797', '#5473BE', '#7391DE', '#A9C0F5'],
} as const;

/** Seven steps, loss to gain through a neutral. */
export const diverging = {
  light: ['#A8430F', '#D16029', '#EBB193', '#EDF0F0', '#A9C0EB', '#5C84D7', '#1F4CAA'],
  dark: ['#F4AD87', '#D27A4B', '#7C4A31', '#262E2F', '#344A7B', '#5878C6', '#93ADF0'],
} as const;

export type Scheme = 'light' | 'dark';
export const tokens: Record<Scheme, Record<TokenName, string>> = { light, dark };

export function cssVariables(scheme: Scheme): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(tokens[scheme])) out[`--${name}`] = value;
  categorical[scheme].forEach((value, i) => {
    out[`--c${i + 1}`] = value;
  });
  sequential[scheme].forEach((value, i) => {
    out[`--seq${i}`] = value;
  });
  diverging[scheme].forEach((value, i) => {
    out[`--div${i}`] = value;
  });
  return out;
}
