/** Small things that stay on the phone between visits. Private windows may refuse; then they last for this one. */

const prefix = 'jianmian.field.';

export function keptOnPhone(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? 'null');
  } catch {
    return null;
  }
}

export function keepOnPhone(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Nothing to be done about it here.
  }
}

export function forgetOnPhone(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Then nothing was kept either.
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
