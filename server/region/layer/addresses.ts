/** A bureau's own list of addresses: names and house numbers that no map has. */
import type { AddressSeed, LngLat } from '../source.ts';
import type { Row } from './row.ts';

/** Levels by the words that Chinese tables use. */
const levelWords: Record<AddressSeed['level'], readonly string[]> = {
  county: ['县', '区县'],
  township: ['乡镇', '乡镇街道', '街道', '镇', '乡'],
  community: ['社区', '居委会'],
  village: ['村', '行政村', '村委会'],
  hamlet: ['自然村', '村民小组', '组'],
  road: ['道路', '街路巷'],
  place: ['地点', '小区', '单位'],
  house: ['门牌', '门牌号', '房屋', '楼栋'],
};

/** One line of the list. Without a level, what ends in a number is a house and the rest a place. */
export function addressOf(row: Row, position: LngLat): AddressSeed & { id: string } {
  const name = row.need('name');
  const stated = row.text('level') === undefined ? null : row.choice('level', levelWords);
  const level = stated ?? (/\d\s*(?:号|栋|幢|座)?$/.test(name) ? 'house' : 'place');
  const seed: AddressSeed = { name, level, position };
  return { id: addressId(seed), ...seed };
}

/** Two places may have one name: only both the same is the same line twice. */
export const addressId = ({ name, position: [lng, lat] }: AddressSeed): string =>
  `${name} ${lng.toFixed(6)} ${lat.toFixed(6)}`;
