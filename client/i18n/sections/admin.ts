import { defineTexts } from '../texts.ts';

export const adminTexts = defineTexts(
  {
    page: '系统管理',
    back: '返回工作台',
    sections: {
      layers: '基础数据',
      roster: '警力排班',
      roads: '道路',
      priors: '去向先验',
      simulator: '模拟与训练',
    },
    nothing: '您的角色没有可管理的内容。',
  },
  {
    page: 'Administration',
    back: 'Back to the desk',
    sections: {
      layers: 'Reference data',
      roster: 'Rosters',
      roads: 'Roads',
      priors: 'Where people go',
      simulator: 'Simulator and training',
    },
    nothing: 'There is nothing to manage for your role.',
  },
);
