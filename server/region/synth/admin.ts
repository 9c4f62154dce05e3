import type { AdminArea } from '../source.ts';
import { type AddressBook, villageName } from './addresses.ts';
import type { Community } from './communities.ts';
import { toLngLat, toRing, type Vec } from './plane.ts';
import type { Settlements, Township, Village } from './settlements.ts';
import type { Beats } from './stations.ts';
import { outside } from './partition.ts';

/** The county's administrative tree: townships, their communities and villages, the hamlets of the villages. */
export function adminAreas(
  settlements: Settlements,
  communities: Community[],
  beats: Beats,
  addresses: AddressBook,
  townshipAt: (p: Vec) => Township,
): AdminArea[] {
  const { townships, villages } = settlements;
  const idOf = (township: Township): string => `a${1 + townships.indexOf(township)}`;
  const largest = (belongs: (area: number) => boolean): AdminArea['area'] =>
    beats.partition.union(belongs).at(-1)?.map(toRing);
  const county = largest(area => area !== outside);
  const areas: AdminArea[] = [
    {
      id: 'a0',
      level: 'county',
      name: '云溪县',
      nameEn: 'Yunxi County',
      position: toLngLat([0, 0]),
      ...(county && { area: county }),
    },
  ];
  townships.forEach((township, i) => {
    const area = largest(beat => beats.areas[beat]?.township === i);
    areas.push({
      id: idOf(township),
      level: 'township',
      name: township.name.zh + township.rank,
      nameEn: township.name.en,
      position: toLngLat(township.centre),
      ...(area && { area }),
      parentId: 'a0',
    });
  });
  const add = (
    level: AdminArea['level'],
    name: string,
    nameEn: string,
    at: Vec,
    parentId: string,
  ): AdminArea => {
    const area = { id: `a${areas.length}`, level, name, nameEn, position: toLngLat(at), parentId };
    areas.push(area);
    return area;
  };
  for (const { name, township, centre, area } of communities) {
    const parentId = idOf(townships[township] as Township);
    add('community', `${name.zh}社区`, `${name.en} Community`, centre, parentId).area = area.map(toRing);
  }
  const ids = new Map<Village, string>();
  for (const village of villages) {
    if (village.hamlet) continue;
    const parentId = idOf(townshipAt(village.centre));
    const { id } = add('village', villageName(village), village.name.en, village.centre, parentId);
    ids.set(village, id);
  }
  for (const hamlet of villages) {
    if (!hamlet.hamlet) continue;
    const parent = addresses.parentOf(hamlet);
    const parentId = (parent && ids.get(parent)) ?? idOf(townshipAt(hamlet.centre));
    add('hamlet', villageName(hamlet), hamlet.name.en, hamlet.centre, parentId);
  }
  return areas;
}
