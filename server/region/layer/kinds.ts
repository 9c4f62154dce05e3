import type { LineKind } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { UnitSeed } from '../source.ts';

/** Point places by the words that Chinese tables use; lines are not given by table. */
export const placeWords = {
  bank: ['银行', '银行网点', '信用社'],
  atm: ['自助银行', '取款机', 'ATM机'],
  park: ['公园', '广场'],
  hotel: ['酒店', '宾馆'],
  guestHouse: ['旅馆', '民宿', '客栈', '招待所'],
  internetCafe: ['网吧', '电竞酒店'],
  carPark: ['停车场'],
  mall: ['商场', '超市', '购物中心'],
  office: ['写字楼', '办公楼', '公司', '单位'],
  school: ['学校', '幼儿园'],
  hospital: ['医院', '卫生院', '诊所'],
  station: ['车站', '客运站', '火车站'],
  police: ['派出所', '警务室', '公安局'],
  residence: ['小区', '住宅', '居民点'],
} satisfies Record<Exclude<PlaceKind, LineKind>, readonly string[]>;

/** Whether a camera works, as tables say it. */
export const stateWords = {
  yes: ['正常', '在线', '是', 'true', '1', 'up', 'working'],
  no: ['故障', '离线', '停用', '否', 'false', '0', 'down', 'broken'],
} satisfies Record<'yes' | 'no', readonly string[]>;

export const unitWords: Record<UnitSeed['kind'], readonly string[]> = {
  car: ['汽车', '警车', '巡逻车'],
  motorcycle: ['摩托', '摩托车'],
  foot: ['步行', '步巡', '徒步'],
};
