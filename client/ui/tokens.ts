/**
 * The colours of the product as values, for code that draws outside CSS (the map, canvases, charts).
 * `tokens.css` carries the same values as custom properties; a test holds the two together.
 */
export type Theme = 'dark' | 'light';

/** How much fits on the screen: sizes and gaps of `tokens.css` follow it. */
export const densities = ['compact', 'regular', 'roomy'] as const;
export type Density = (typeof densities)[number];

/** Custom properties (without the leading dashes) that differ between the themes. Every value is `#rrggbb`. */
export interface ThemeColors {
  bg: string;
  'surface-1': string;
  'surface-2': string;
  'surface-3': string;
  line: string;
  'line-strong': string;
  text: string;
  'text-2': string;
  'text-3': string;
  accent: string;
  'on-accent': string;
  'risk-extraHigh': string;
  'risk-high': string;
  'risk-medium': string;
  'risk-low': string;
  'on-risk': string;
  'state-available': string;
  'state-dispatched': string;
  'state-enRoute': string;
  'state-onScene': string;
  'state-outOfService': string;
  ok: string;
  warn: string;
  bad: string;
  focus: string;
}

export const themeColors: Record<Theme, ThemeColors> = {
  dark: {
    bg: '#0b1119',
    'surface-1': '#111a26',
    'surface-2': '#172231',
    'surface-3': '#203044',
    line: '#27364a',
    'line-strong': '#3c5069',
    text: '#e8f0f8',
    'text-2': '#b4c3d3',
    'text-3': '#8fa1b5',
    accent: '#8aa8ff',
    'on-accent': '#0b1119',
    'risk-extraHigh': '#ff4d4f',
    'risk-high': '#ff9a3c',
    'risk-medium': '#ffe66b',
    'risk-low': '#5ab0ff',
    'on-risk': '#0b1119',
    'state-available': '#45cf91',
    'state-dispatched': '#bd9bff',
    'state-enRoute': '#3dcdf2',
    'state-onScene': '#ff8fd4',
    'state-outOfService': '#95a3b4',
    ok: '#45cf91',
    warn: '#ffb547',
    bad: '#ff7071',
    focus: '#b9ccff',
  },
  light: {
    bg: '#eef2f6',
    'surface-1': '#ffffff',
    'surface-2': '#f5f8fb',
    'surface-3': '#e9eff5',
    line: '#cdd7e2',
    'line-strong': '#8c9bad',
    text: '#121b26',
    'text-2': '#37475a',
    'text-3': '#526275',
    accent: '#2f4fc9',
    'on-accent': '#ffffff',
    'risk-extraHigh': '#c4161c',
    'risk-high': '#a84300',
    'risk-medium': '#755b00',
    'risk-low': '#0a5cb8',
    'on-risk': '#ffffff',
    'state-available': '#0b6b41',
    'state-dispatched': '#6a35c2',
    'state-enRoute': '#006683',
    'state-onScene': '#a81276',
    'state-outOfService': '#4f5d6e',
    ok: '#0b6b41',
    warn: '#8f4d00',
    bad: '#c4161c',
    focus: '#1f45d6',
  },
};

/** Families in the order in which a Chinese police desktop, a wall PC and a Mac have them. */
export const fontFamily =
  "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'HarmonyOS Sans SC', system-ui, sans-serif";

/** `#rrggbb` to `[r, g, b, a]` bytes. `alpha` is 0..1. */
export function rgba(hex: string, alpha = 1): [number, number, number, number] {
  const n = Number.parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255, Math.round(alpha * 255)];
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1..21. */
export function contrastRatio(a: string, b: string): number {
  const la = luminance(a);
  const lb = luminance(b);
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = rgba(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function linear(byte: number): number {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}
