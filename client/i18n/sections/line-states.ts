import { defineTexts } from '../texts.ts';

/** How the three lines stand, in as few words as the wall needs. */
export const lineStateTexts = defineTexts(
  {
    state: { none: '未启动', waiting: '等待中', news: '有新情况', quiet: '无进展', done: '已结束' },
    because: {
      extraHigh: '特高危预警',
      largeAmount: '涉案金额巨大',
      unanswered: '连续拨打无人接听',
      breach: '时限已超',
    },
  },
  {
    state: { none: 'not begun', waiting: 'waiting', news: 'news', quiet: 'nothing new', done: 'ended' },
    because: {
      extraHigh: 'extra-high risk',
      largeAmount: 'a large amount',
      unanswered: 'nobody answers',
      breach: 'out of time',
    },
  },
);
