import { defineTexts } from '../texts.ts';

/** Around a password or token that is shown once. */
export const secretTexts = defineTexts(
  { copy: '复制', copied: '已复制', done: '完成' },
  { copy: 'Copy', copied: 'Copied', done: 'Done' },
);
