/** What a crew's phone keeps between visits. */
import { forget, keep, kept } from '../app/kept.ts';

const prefix = 'jianmian.field.';

export const keptOnPhone = (name: string): unknown => kept(prefix + name);
export const keepOnPhone = (name: string, value: unknown): void => keep(prefix + name, value);
export const forgetOnPhone = (name: string): void => forget(prefix + name);
