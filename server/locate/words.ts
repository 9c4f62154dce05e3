/** What speaks for a place and against it, as a leader reads it. Pure. */
import type { ScamType } from '#contract/alert.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { Reason } from './belief/reasons.ts';

export interface ReasonWords {
  zh: string;
  en: string;
}

const scamWords: Record<ScamType, ReasonWords> = {
  fakePolice: { zh: '冒充公检法', en: 'fake police' },
  investment: { zh: '虚假投资理财', en: 'fake investment' },
  rebate: { zh: '刷单返利', en: 'fake-order rebate' },
  customerService: { zh: '冒充客服', en: 'fake customer service' },
  loan: { zh: '虚假贷款', en: 'fake loan' },
  romance: { zh: '杀猪盘', en: 'romance' },
  acquaintance: { zh: '冒充领导熟人', en: 'fake acquaintance' },
  courier: { zh: '冒充快递', en: 'fake courier' },
  other: { zh: '同类', en: 'such' },
};

const kindWords: Record<PlaceKind, ReasonWords> = {
  bank: { zh: '银行', en: 'a bank' },
  atm: { zh: '自助银行', en: 'an ATM' },
  park: { zh: '公园', en: 'a park' },
  hotel: { zh: '酒店', en: 'a hotel' },
  guestHouse: { zh: '宾馆旅社', en: 'a guest house' },
  internetCafe: { zh: '网吧', en: 'an internet café' },
  carPark: { zh: '停车场', en: 'a car park' },
  mall: { zh: '商场', en: 'a mall' },
  office: { zh: '写字楼', en: 'an office building' },
  school: { zh: '学校', en: 'a school' },
  hospital: { zh: '医院', en: 'a hospital' },
  station: { zh: '车站', en: 'a station' },
  police: { zh: '公安机关', en: 'a police station' },
  residence: { zh: '住处', en: 'home' },
  industrialRoad: { zh: '工业区道路', en: 'an industrial road' },
  quietRoad: { zh: '僻静路段', en: 'a quiet road' },
  street: { zh: '普通街道', en: 'an ordinary street' },
};

const methodWords: Record<SearchMethod, ReasonWords> = {
  driveBy: { zh: '车巡经过', en: 'driven past' },
  walkThrough: { zh: '步行查看过', en: 'walked through' },
  clerkAsked: { zh: '问过工作人员', en: 'asked at the desk' },
  registerChecked: { zh: '查过登记', en: 'register checked' },
  gateAsked: { zh: '问过门卫', en: 'asked at the gate' },
};

/** What a fact that says where she was agrees with, by how much. */
const placedWords = {
  cell: {
    fits: { zh: '与手机基站相符', en: 'fits the antenna' },
    not: { zh: '与手机基站不符', en: 'does not fit the antenna' },
  },
  fix: {
    fits: { zh: '与定位结果相符', en: 'fits the fix' },
    not: { zh: '与定位结果不符', en: 'does not fit the fix' },
  },
  camera: {
    fits: { zh: '在卡口拍到后的去向上', en: 'on the way from the camera' },
    not: { zh: '不在卡口拍到后的去向上', en: 'not on the way from the camera' },
  },
  transaction: {
    fits: { zh: '与交易地点相符', en: 'fits where the card was used' },
    not: { zh: '与交易地点不符', en: 'does not fit where the card was used' },
  },
  report: {
    fits: { zh: '与报告所说相符', en: 'fits the report' },
    not: { zh: '与报告所说不符', en: 'does not fit the report' },
  },
  silence: {
    fits: { zh: '途中不经卡口，没有拍到也说得通', en: 'no camera on the way there' },
    not: { zh: '途中的卡口没有拍到车', en: 'cameras on the way there saw nothing' },
  },
  pass: {
    fits: { zh: '警车经过未见', en: 'a crew drove past' },
    not: { zh: '警车刚经过，没有看见', en: 'a crew drove past and saw nothing' },
  },
} as const;

/** '与手机基站相符（可能性 ×4）' */
export function reasonWords(reason: Reason): ReasonWords {
  switch (reason.kind) {
    case 'prior': {
      const [scam, kind] = [scamWords[reason.scamType], kindWords[reason.placeKind]];
      return {
        zh: `${scam.zh}案件中 ${percent(reason.share)} 的人在${kind.zh}找到`,
        en: `in ${percent(reason.share)} of ${scam.en} cases they were found at ${kind.en}`,
      };
    }
    case 'quiet':
      return { zh: '人车稀少，适合独处', en: 'few people come by: a place to be alone' };
    case 'tooFar':
      return {
        zh: `路远，现在到得了的可能只有 ${percent(reason.arrived)}`,
        en: `far: only ${percent(reason.arrived)} likely to be there by now`,
      };
    case 'search': {
      const method = methodWords[reason.method];
      return {
        zh: `已查未见（${method.zh}），可能性${timesZh(reason.factor)}`,
        en: `looked, not here (${method.en}): ${timesEn(reason.factor)}`,
      };
    }
    default: {
      const words = placedWords[reason.kind][reason.factor >= 1 ? 'fits' : 'not'];
      return {
        zh: `${words.zh}（可能性${timesZh(reason.factor)}）`,
        en: `${words.en}: ${timesEn(reason.factor)}`,
      };
    }
  }
}

const percent = (share: number): string => (share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`);
const digits = (factor: number): string =>
  factor < 9.5 ? factor.toFixed(1).replace(/\.0$/, '') : String(Math.round(Math.min(999, factor)));
const timesZh = (factor: number): string =>
  factor >= 1 ? ` ×${digits(factor)}` : `降为 ${digits(1 / factor)} 分之一`;
const timesEn = (factor: number): string =>
  factor >= 1 ? `${digits(factor)} times as likely` : `${digits(1 / factor)} times less likely`;
