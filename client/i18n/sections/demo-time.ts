import { defineTexts } from '../texts.ts';

export const demoTimeTexts = defineTexts(
  {
    own: '演示时间',
    fast: (rate: string) => `演示时间 ×${rate}`,
    paused: '演示已暂停',
    hint: '演示使用自己的时钟，不是北京时间',
  },
  {
    own: 'demo time',
    fast: (rate: string) => `demo time ×${rate}`,
    paused: 'demo paused',
    hint: 'The demo has a clock of its own, which is not the time of day',
  },
);
