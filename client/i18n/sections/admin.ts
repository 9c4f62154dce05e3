import { defineTexts } from '../texts.ts';

export const adminTexts = defineTexts(
  {
    page: '系统管理',
    back: '返回工作台',
    sections: {
      layers: '基础数据',
      roster: '警力排班',
      roads: '道路',
      users: '用户',
      banks: '银行通讯录',
      devices: '终端',
      clocks: '时限标准',
      priors: '去向先验',
      retention: '留存与清除',
      checks: '见面抽查',
      upward: '结果上报',
      glass: '紧急开启复核',
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
      users: 'Users',
      banks: 'Banks',
      devices: 'Devices',
      clocks: 'Time limits',
      priors: 'Where people go',
      retention: 'Retention',
      checks: 'Spot checks',
      upward: 'Results upward',
      glass: 'Break-glass reviews',
      simulator: 'Simulator and training',
    },
    nothing: 'There is nothing to manage for your role.',
  },
);
