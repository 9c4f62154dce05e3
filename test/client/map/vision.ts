/** How a deuteranope sees a colour: Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB. */
type Rgb = [number, number, number];

const deuteranopia = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
] as const;

const linear = (byte: number): number => {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const byteOf = (value: number): number => {
  const c = Math.min(1, Math.max(0, value));
  return Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
};

export function deuteranope(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(linear) as Rgb;
  return deuteranopia.map(row => byteOf(row[0] * r + row[1] * g + row[2] * b)) as Rgb;
}

export const hexOf = (rgb: readonly number[]): string =>
  `#${rgb.map(byte => Math.round(byte).toString(16).padStart(2, '0')).join('')}`;

export const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;

/** A colour with alpha (a byte) over a ground. */
export function blend([r, g, b, a]: readonly [number, number, number, number], ground: string): Rgb {
  const under = rgbOf(ground);
  return [r, g, b].map((byte, i) => (byte * a + under[i]! * (255 - a)) / 255) as Rgb;
}
