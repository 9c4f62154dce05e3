/** Invented people for the demo. Numbers use the 199-0000 block so that none can be mistaken for somebody's. */
import type { Random } from '#domain/random.ts';

const familyNames = [
  '赵',
  '钱',
  '周',
  '吴',
  '郑',
  '冯',
  '陈',
  '蒋',
  '沈',
  '韩',
  '杨',
  '朱',
  '秦',
  '许',
  '何',
  '吕',
];
const givenNames = [
  '秀兰',
  '桂英',
  '建国',
  '玉梅',
  '志强',
  '丽华',
  '春燕',
  '文斌',
  '海燕',
  '国庆',
  '晓红',
  '永福',
  '彩云',
  '立新',
];

export interface Person {
  name: string;
  phone: string;
  vehicle: string;
}

export function inventPerson(random: Random): Person {
  const digits = (count: number) => String(random.int(10 ** count)).padStart(count, '0');
  return {
    name: random.pick(familyNames) + random.pick(givenNames),
    phone: `1990000${digits(4)}`,
    vehicle: `云A·${random.pick(['D', 'F', 'K', 'M'])}${digits(4)}`,
  };
}
