/** The ten scenarios, after real cases: what the alert says, what she does, and what usually ends it. */
import type { PlaceKind } from '#contract/place.ts';
import type { ScenarioView } from '#contract/simulator.ts';

/** Where she goes next. `awayS`: seconds of driving from where she is, sought between the two. */
export interface Stop {
  to: readonly PlaceKind[];
  awayS: readonly [number, number];
  how: 'car' | 'eBike' | 'foot';
  /** What she does there: sits in the parked car, is inside, or stands about. */
  ends: 'parked' | 'atPlace' | 'onFoot';
  /** Minutes that she stays; absent: until the end. */
  stayMin?: number;
}

/** Something that somebody who is asked tells, beside what the phone and the cameras give away. */
export interface Telling {
  /** Minutes after the alert at which it is asked or comes up, and how long the answer takes. */
  askedMin: number;
  answerMin: number;
  /**
   * `family` names where she is about to be; `fix` is a network fix; `transaction` a card used where she is; `plate`
   * lets cameras find her car from then on.
   */
  kind: 'family' | 'fix' | 'transaction' | 'plate';
  text?: string;
  /** Of a fix. */
  accuracyM?: number;
}

export interface Scenario extends ScenarioView {
  amount: number;
  /** The platform's note on the alert. */
  note: string;
  /** Minutes from her leaving home to the alert; null: she never left. */
  leftMin: number | null;
  stops: readonly Stop[];
  /** What the family reports, with `{min}` minutes since she left; null: nobody answers. */
  family: { afterMin: number; text: string; credibility: number } | null;
  tellings: readonly Telling[];
  /** Share of the time that her phone is off; absent: it only misses some answers. */
  phoneOff?: number;
  /** The cameras do not know her plate from the start. */
  plateUnknown?: true;
  /** Her address is in another county: hand over. */
  elsewhere?: true;
  /** When the money is gone unless she was met. */
  moneyGoneMin: number;
}

const quiet = ['industrialRoad', 'quietRoad'] as const;

export const scenarios: readonly Scenario[] = [
  {
    id: 'at-home',
    title: { zh: '家中接听', en: 'On the phone at home' },
    brief: {
      zh: '刷单返利。当事人在家中与“客服”持续通话，拒接民警电话。住址清楚，关键是就近派警、三分钟内敲开家门。',
      en: "Rebate fraud. She is at home on the line with the 'customer service' and rejects calls from the police. The address is known: the nearest crew has to be at her door within three minutes.",
    },
    referenceMinutes: 3,
    risk: 'extraHigh',
    scamType: 'rebate',
    amount: 26_000,
    note: '当事人刷单垫付多笔，正在操作下一笔，电话占线。',
    leftMin: null,
    stops: [],
    family: null,
    tellings: [],
    moneyGoneMin: 20,
  },
  {
    id: 'patrol',
    title: { zh: '巡逻相遇', en: 'Met by a patrol' },
    brief: {
      zh: '冒充公检法。当事人开车离家，停在离家不远的安静道路上“配合调查”。基站范围很小，附近巡逻车沿小路慢行即可发现她的车。',
      en: "Fake police. She has driven off and parked on a quiet road not far from home 'to cooperate'. The antenna's area is small: a patrol that drives the side roads slowly will see her car.",
    },
    referenceMinutes: 9,
    risk: 'extraHigh',
    scamType: 'fakePolice',
    amount: 80_000,
    note: '疑似与“公安民警”视频通话，被要求到无人处。',
    leftMin: 14,
    stops: [{ to: quiet, awayS: [120, 360], how: 'car', ends: 'parked' }],
    family: {
      afterMin: 1,
      text: '儿子称：母亲{min}分钟前接了电话就开车走了，不让家里人跟着。',
      credibility: 0.8,
    },
    tellings: [{ askedMin: 4, answerMin: 2, kind: 'fix', accuracyM: 180 }],
    moneyGoneMin: 35,
  },
  {
    id: 'vehicle-trace',
    title: { zh: '卡口追踪，前方拦截', en: 'Traced by cameras, met ahead' },
    brief: {
      zh: '冒充公检法。当事人驾车横穿全县，卡口接连拍到她的车。跟在后面追不上，要由前方派出所提前到位。',
      en: 'Fake police. She drives across the county and one camera after the other sees her car. Nobody catches up from behind: the next station ahead has to be in place first.',
    },
    referenceMinutes: 11,
    risk: 'extraHigh',
    scamType: 'fakePolice',
    amount: 150_000,
    note: '当事人被要求驾车前往外地“配合办案”。',
    leftMin: 8,
    stops: [
      {
        to: ['carPark', 'station', 'hotel', 'guestHouse', ...quiet],
        awayS: [900, 2100],
        how: 'car',
        ends: 'parked',
      },
    ],
    family: { afterMin: 1, text: '丈夫称：她{min}分钟前突然开车出门，问去哪儿不肯说。', credibility: 0.85 },
    tellings: [{ askedMin: 7, answerMin: 1, kind: 'fix', accuracyM: 200 }],
    moneyGoneMin: 45,
  },
  {
    id: 'bank-counter',
    title: { zh: '银行柜台', en: 'At the bank counter' },
    brief: {
      zh: '虚假投资。当事人到银行柜台大额转账，柜员已拖延办理。要在她说服柜员之前赶到正确的那家网点。',
      en: 'Fake investment. She is at a bank counter for a large transfer and the clerk plays for time. The right branch has to be reached before she talks the clerk round.',
    },
    referenceMinutes: 15,
    risk: 'extraHigh',
    scamType: 'investment',
    amount: 320_000,
    note: '当事人准备大额转账至“投资平台”，不听劝阻。',
    leftMin: 12,
    stops: [{ to: ['bank'], awayS: [180, 900], how: 'car', ends: 'atPlace' }],
    family: {
      afterMin: 3,
      text: '女儿称：父亲{min}分钟前带着存折出门，说要去银行，没说哪一家。',
      credibility: 0.7,
    },
    tellings: [{ askedMin: 8, answerMin: 3, kind: 'transaction' }],
    moneyGoneMin: 30,
  },
  {
    id: 'gravel-road',
    title: { zh: '园区砂石路', en: 'The gravel road' },
    brief: {
      zh: '冒充公检法。当事人接电话后独自驾车离家、拒接来电。丈夫、三次迟到的基站、一次卡口，最后在工业园区的砂石路上敲开车窗。',
      en: 'Fake police. After a call she drove off alone and rejects all calls. Her husband, three late antennas, one camera; in the end a knock on the window on a gravel road in the industrial park.',
    },
    referenceMinutes: 30,
    risk: 'extraHigh',
    scamType: 'fakePolice',
    amount: 180_000,
    note: '电话持续占线并拒接，疑似正与“公安民警”视频通话。',
    leftMin: 12,
    stops: [{ to: ['industrialRoad', 'quietRoad'], awayS: [480, 1500], how: 'car', ends: 'parked' }],
    family: {
      afterMin: 1,
      text: '丈夫称：她{min}分钟前接了个电话，说要配合办案，随后独自开车离家，电话一直打不通。',
      credibility: 0.8,
    },
    tellings: [{ askedMin: 14, answerMin: 3, kind: 'fix', accuracyM: 120 }],
    moneyGoneMin: 50,
  },
  {
    id: 'e-bike',
    title: { zh: '原银行门口的电动车', en: 'On an e-bike outside a former bank' },
    brief: {
      zh: '贷款诈骗。当事人骑电动车去一家已经撤并的网点，停在门口按对方指示刷流水。逐家问银行会落空，要连同自助机和旧址一起找。',
      en: 'Loan fraud. She rides her e-bike to a branch that has closed down and follows instructions on the kerb. Asking every bank leads nowhere: cash machines and former branches have to be looked at too.',
    },
    referenceMinutes: 45,
    risk: 'high',
    scamType: 'loan',
    amount: 48_000,
    note: '当事人为办贷款“刷流水”，正按对方要求转账。',
    leftMin: 20,
    stops: [
      { to: ['bank'], awayS: [120, 500], how: 'eBike', ends: 'onFoot', stayMin: 12 },
      { to: ['atm', 'office', 'mall'], awayS: [90, 600], how: 'eBike', ends: 'onFoot' },
    ],
    family: {
      afterMin: 6,
      text: '室友称：她{min}分钟前骑电动车出去办贷款，没带身份证原件。',
      credibility: 0.6,
    },
    tellings: [{ askedMin: 30, answerMin: 6, kind: 'fix', accuracyM: 150 }],
    moneyGoneMin: 70,
  },
  {
    id: 'husband',
    title: { zh: '丈夫相助', en: "With the husband's help" },
    brief: {
      zh: '冒充公检法。当事人手机大部分时间关机，基站几乎没有用。丈夫想起她常去散心的几处地方，和民警一起找到她。',
      en: 'Fake police. Her phone is off most of the time and the antennas say little. Her husband remembers where she goes when she wants to be alone, and helps to find her.',
    },
    referenceMinutes: 50,
    risk: 'extraHigh',
    scamType: 'fakePolice',
    amount: 210_000,
    note: '当事人被要求关闭手机、独自在安静处等待“调查”。',
    leftMin: 25,
    stops: [{ to: ['park', 'carPark', ...quiet], awayS: [300, 1200], how: 'car', ends: 'parked' }],
    family: { afterMin: 2, text: '丈夫称：她{min}分钟前出门，情绪很差，说谁也别管她。', credibility: 0.8 },
    tellings: [
      { askedMin: 20, answerMin: 14, kind: 'family', text: '丈夫回忆：她心烦时常去这里，他愿意带路。' },
    ],
    phoneOff: 0.8,
    moneyGoneMin: 80,
  },
  {
    id: 'guest-house',
    title: { zh: '旅社房间', en: 'In a guest house' },
    brief: {
      zh: '冒充公检法。当事人先去银行取现，再按要求住进小旅社开视频会议。旅社登记系统的回复要等，逐家查登记是关键。',
      en: 'Fake police. She fetches cash at a bank and then takes a room in a guest house for a video call. The registry answers late: asking house by house decides it.',
    },
    referenceMinutes: 60,
    risk: 'extraHigh',
    scamType: 'fakePolice',
    amount: 120_000,
    note: '当事人被要求到宾馆开房“接受线上讯问”。',
    leftMin: 18,
    stops: [
      { to: ['bank', 'atm'], awayS: [150, 700], how: 'car', ends: 'atPlace', stayMin: 15 },
      { to: ['guestHouse', 'hotel'], awayS: [200, 1000], how: 'car', ends: 'atPlace' },
    ],
    family: { afterMin: 4, text: '婆婆称：她{min}分钟前拿着银行卡出门，说单位有事。', credibility: 0.5 },
    tellings: [
      { askedMin: 10, answerMin: 8, kind: 'transaction' },
      { askedMin: 40, answerMin: 8, kind: 'fix', accuracyM: 90 },
    ],
    moneyGoneMin: 90,
  },
  {
    id: 'hire-car',
    title: { zh: '租来的车', en: 'The hire car' },
    brief: {
      zh: '杀猪盘。当事人租车外出，自己的车停在家里，卡口查不到。等租车行回复车牌之后，才从过车记录里找到方向。',
      en: 'Romance fraud. She has hired a car and left her own at home, so the cameras find nothing. Only when the hire firm names the plate do the records show which way she went.',
    },
    referenceMinutes: 90,
    risk: 'high',
    scamType: 'romance',
    amount: 260_000,
    note: '当事人称要去见“男友”，准备替其转账。',
    leftMin: 40,
    stops: [
      { to: ['mall', 'hotel', 'bank'], awayS: [200, 900], how: 'car', ends: 'atPlace', stayMin: 35 },
      { to: ['hotel', 'guestHouse', 'carPark', ...quiet], awayS: [500, 1800], how: 'car', ends: 'parked' },
    ],
    family: { afterMin: 10, text: '同事称：她{min}分钟前请假离开，自己的车还停在家里。', credibility: 0.7 },
    plateUnknown: true,
    tellings: [
      { askedMin: 45, answerMin: 10, kind: 'plate' },
      { askedMin: 75, answerMin: 4, kind: 'fix', accuracyM: 120 },
    ],
    moneyGoneMin: 130,
  },
  {
    id: 'elsewhere',
    title: { zh: '外地居住，移交', en: 'Lives elsewhere: hand over' },
    brief: {
      zh: '冒充客服。预警落在本县，人却住在外地。要尽快核实住址、把指令移交当地，而不是在本县白找一圈。',
      en: "Fake customer service. The alert is this county's, but she lives elsewhere. Find out soon and hand the order over instead of searching here in vain.",
    },
    referenceMinutes: 20,
    risk: 'high',
    scamType: 'customerService',
    amount: 35_000,
    note: '号码归属本县，当事人疑似正共享屏幕。',
    leftMin: null,
    stops: [],
    family: { afterMin: 5, text: '房东称：她去年就搬到外地女儿家住了，这里的房子空着。', credibility: 0.9 },
    tellings: [{ askedMin: 8, answerMin: 4, kind: 'fix', accuracyM: 2000 }],
    elsewhere: true,
    moneyGoneMin: 40,
  },
];

export const scenarioById = (id: string): Scenario | undefined => scenarios.find(each => each.id === id);
