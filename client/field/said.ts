import type { fieldTexts } from '../i18n/sections/field.ts';
import type { FieldAnswer } from './answers.ts';

/** An answer in words. */
export const saidInWords = (answer: FieldAnswer, { said }: (typeof fieldTexts)['zh']): string =>
  said[answer.say === 'result' ? answer.outcome : answer.say];
