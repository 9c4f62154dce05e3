import type { PlaceKind } from '#contract/place.ts';
import type { BlockUse } from './block-uses.ts';
import { type Built, Gazetteer } from './gazetteer.ts';
import type { Name } from './names.ts';
import { along, distance, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Village } from './settlements.ts';
import type { TownPlan } from './town.ts';

const banks: Name[] = [
  { zh: '云溪农商行', en: 'Yunxi Rural Commercial Bank' },
  { zh: '惠民银行', en: 'Huimin Bank' },
  { zh: '江源银行', en: 'Jiangyuan Bank' },
  { zh: '青松银行', en: 'Qingsong Bank' },
];

const joined = (zh: string, en: string): Name => ({ zh, en });
const after = (name: Name, suffix: Name): Name => joined(name.zh + suffix.zh, name.en + suffix.en);

/** Fills the county with its places, landmarks and labels. */
export function nameTheCounty(built: Built, random: Random): Gazetteer {
  const book = new Gazetteer(built);
  nameBlocks(built, book, random.fork('blocks'));
  built.plans.forEach((plan, town) => {
    nameStreetPlaces(built, book, plan, town, random.fork(`town${town}`));
  });
  nameCountry(built, book, random.fork('country'));
  labelCounty(built, book);
  return book;
}

/** Places that take a whole block. */
function nameBlocks(built: Built, book: Gazetteer, random: Random): void {
  const counters = new Map<string, number>();
  const count = (key: string): number => {
    const next = (counters.get(key) ?? 0) + 1;
    counters.set(key, next);
    return next;
  };
  const { names } = built.site;
  for (const { block, use, town } of built.blocks) {
    const plan = built.plans[town] as TownPlan;
    const seat = town === 0;
    const owner = seat ? joined('云溪县', 'Yunxi County ') : joined(plan.name.zh, `${plan.name.en} `);
    const nth = count(`${use}${town}`);
    const at = standAt(built, block.centre, block.ring);
    const areaHa = block.areaM2 / 10_000;
    const blockNames: Partial<Record<BlockUse, () => void>> = {
      park: () => {
        const name = after(names.stem(), joined('公园', ' Park'));
        book.add('park', name, at, areaHa);
        book.label('park', name, at, 8);
      },
      square: () => {
        const name = joined('人民广场', "People's Square");
        book.add('park', name, at, areaHa);
        book.label('park', name, at, 8);
      },
      school: () => {
        const schools = [
          joined('第一中学', 'No. 1 Middle School'),
          joined('实验小学', 'Experimental Primary School'),
          joined('职业高级中学', 'Vocational High School'),
          joined('第一小学', 'No. 1 Primary School'),
          joined('第二中学', 'No. 2 Middle School'),
          joined('第二小学', 'No. 2 Primary School'),
          joined('第一幼儿园', 'No. 1 Kindergarten'),
          joined('第三小学', 'No. 3 Primary School'),
        ];
        const kind = seat
          ? (schools[(nth - 1) % schools.length] as Name)
          : nth === 1
            ? joined('中学', 'Middle School')
            : joined('中心小学', 'Central Primary School');
        book.add('school', joined(owner.zh + kind.zh, owner.en + kind.en), at, areaHa);
      },
      hospital: () => {
        const kind = seat
          ? nth === 1
            ? joined('人民医院', "People's Hospital")
            : joined('中医医院', 'Hospital of Chinese Medicine')
          : joined('卫生院', 'Clinic');
        book.add('hospital', joined(owner.zh + kind.zh, owner.en + kind.en), at, areaHa);
      },
      government: () => {
        const name = seat
          ? joined('云溪县人民政府', 'Yunxi County Government')
          : joined(
              `${plan.name.zh}${built.townshipAt(plan.centre).rank}人民政府`,
              `${plan.name.en} Town Hall`,
            );
        book.landmark('townHall', name, at);
        book.add('office', name, at, areaHa);
      },
      market: () =>
        book.landmark(
          'market',
          joined(`${seat ? names.stem().zh : plan.name.zh}农贸市场`, 'Farmers’ Market'),
          at,
        ),
      mall: () =>
        void book.add(
          'mall',
          after(
            names.stem(),
            random.chance(0.5) ? joined('购物中心', ' Shopping Centre') : joined('商业广场', ' Plaza'),
          ),
          at,
          areaHa,
        ),
      busStation: () => {
        book.landmark('busStation', joined('云溪客运站', 'Yunxi Coach Station'), at);
        book.add('station', joined('云溪客运站', 'Yunxi Coach Station'), at, areaHa);
      },
      offices: () =>
        void book.add(
          'office',
          after(
            names.stem(),
            random.chance(0.5) ? joined('大厦', ' Tower') : joined('商务楼', ' Business Building'),
          ),
          at,
        ),
      homes: () => {
        if (block.areaM2 > 6_000 && random.chance(0.45)) book.addCompound(names.compound(), block, at);
      },
      core: () => {
        if (!seat && block.areaM2 > 4_500 && random.chance(0.22))
          book.add('residence', names.compound(), at, areaHa);
      },
    };
    blockNames[use]?.();
  }
}

/** A dry spot inside a block, at its centre when that will do. */
function standAt(built: Built, centre: Vec, ring: Vec[]): Vec {
  if (!built.site.water.isWet(centre, 4)) return centre;
  return (
    ring
      .map((corner): Vec => [(corner[0] + centre[0] * 3) / 4, (corner[1] + centre[1] * 3) / 4])
      .find(p => !built.site.water.isWet(p, 4)) ?? centre
  );
}

/** Banks, hotels and the like in the shops of a town. */
function nameStreetPlaces(built: Built, book: Gazetteer, plan: TownPlan, town: number, random: Random): void {
  const { names } = built.site;
  const seat = town === 0;
  const large = plan.radiusM > 600;
  const factor = seat ? (plan.radiusM / 1_750) ** 2 : 1;
  const many = (inSeat: number, inLarge: number, inSmall: number): number =>
    Math.round(seat ? inSeat * factor : large ? inLarge : inSmall);
  const stemmed = (suffix: Name) => (): Name => after(names.stem(), suffix);
  const bank = (street: Name, i: number): Name => {
    const brand = banks[seat || large ? i % banks.length : 0] as Name;
    const branch =
      seat && i < banks.length
        ? joined('云溪支行', 'Yunxi Branch')
        : seat
          ? joined(`${street.zh}支行`, `${street.en} Branch`)
          : joined(`${plan.name.zh}${i < banks.length ? '支行' : '分理处'}`, `${plan.name.en} Branch`);
    return joined(brand.zh + branch.zh, `${brand.en}, ${branch.en}`);
  };
  const atm = (street: Name, i: number): Name =>
    joined(
      `${(banks[i % banks.length] as Name).zh}${street.zh}自助银行`,
      `${(banks[i % banks.length] as Name).en} ATM, ${street.en}`,
    );
  book.streetPlaces(plan, 'bank', many(10, 4, 1), 170, bank, random);
  book.streetPlaces(plan, 'atm', many(14, 4, 1), 140, atm, random);
  book.streetPlaces(
    plan,
    'hotel',
    many(7, 2, 0),
    200,
    stemmed(joined(random.chance(0.5) ? '大酒店' : '酒店', ' Hotel')),
    random,
    ['shop', 'office', 'home'],
  );
  book.streetPlaces(
    plan,
    'guestHouse',
    many(12, 4, 1),
    120,
    stemmed(joined(random.chance(0.4) ? '宾馆' : '客栈', ' Guest House')),
    random,
    ['shop', 'home'],
  );
  book.streetPlaces(
    plan,
    'internetCafe',
    many(8, 2, 1),
    160,
    stemmed(joined('网咖', ' Internet Café')),
    random,
  );
  book.streetPlaces(
    plan,
    'carPark',
    many(11, 3, 1),
    200,
    street => joined(`${street.zh}停车场`, `${street.en} Car Park`),
    random,
    ['shop', 'office', 'home'],
  );
  const fuel = book.premises(plan.centre, plan.radiusM * 1.6, ['shop'], 'carPark', 150, random);
  if (fuel) book.landmark('fuel', joined(`${plan.name.zh}加油站`, `${plan.name.en} Petrol Station`), fuel);
  const temple = random.chance(0.6)
    ? book.premises(plan.centre, plan.radiusM, ['home'], 'park', 100, random)
    : undefined;
  if (temple) book.landmark('worship', after(names.stem(), joined('寺', ' Temple')), temple);
  if (!seat) return;
  for (const [kind, name] of [
    ['library', joined('云溪县图书馆', 'Yunxi Library')],
    ['museum', joined('云溪县博物馆', 'Yunxi Museum')],
    ['fireStation', joined('云溪县消防救援大队', 'Yunxi Fire Station')],
  ] as const) {
    const at = book.premises(
      plan.centre,
      plan.radiusM * 0.8,
      ['office', 'public', 'shop'],
      'office',
      120,
      random,
    );
    if (at) book.landmark(kind, name, at);
  }
}

/** Villages, the railway halt, the reservoir, hotels out of town and the firms of the industrial park. */
function nameCountry(built: Built, book: Gazetteer, random: Random): void {
  const { site, settlements, park } = built;
  const railway = joined('云溪站', 'Yunxi Railway Station');
  book.add('station', railway, site.corridors.forecourt);
  book.landmark('railStation', railway, site.corridors.forecourt);
  for (const village of settlements.villages) {
    if (village.hamlet) continue;
    if (random.chance(0.3))
      addVillagePlace(
        book,
        village,
        'school',
        joined(`${village.name.zh}小学`, `${village.name.en} Primary School`),
        random,
      );
    if (random.chance(0.12))
      addVillagePlace(
        book,
        village,
        'guestHouse',
        joined(`${village.name.zh}农家乐`, `${village.name.en} Farm Stay`),
        random,
      );
    addVillagePlace(book, village, 'residence', village.name, random);
  }
  const firms = built.buildings.filter(
    building => building.use === 'office' && distance(building.box.centre, park.park.centre) < 1_400,
  );
  for (const { box } of firms)
    book.add(
      'office',
      site.names.firm(
        random.pick([
          joined('建材有限公司', ' Building Materials'),
          joined('食品有限公司', ' Foods'),
          joined('物流园', ' Logistics'),
          joined('机械厂', ' Machinery Works'),
          joined('石材厂', ' Stone Works'),
        ]),
      ),
      box.centre,
    );
  book.add(
    'carPark',
    joined('园区物流停车场', 'Park Logistics Yard'),
    firms[0]?.box.centre ? along(firms[0].box.centre, 1, 32) : park.park.centre,
  );
}

function addVillagePlace(
  book: Gazetteer,
  village: Village,
  kind: PlaceKind,
  name: Name,
  random: Random,
): void {
  const at = book.premises(village.centre, village.radiusM, ['home', 'shop'], kind, 60, random);
  if (at) book.add(kind, name, at);
}

function labelCounty(built: Built, book: Gazetteer): void {
  const { settlements, site, park } = built;
  book.label('county', joined('云溪县', 'Yunxi County'), [0, 900], 1);
  settlements.townships.forEach((township, i) => {
    book.label(
      'town',
      joined(township.name.zh + township.rank, township.name.en),
      i === 0 ? [0, -600] : township.centre,
      i === 0 ? 2 : 3,
    );
  });
  for (const village of settlements.villages)
    book.label(village.hamlet ? 'hamlet' : 'village', village.name, village.centre, village.hamlet ? 7 : 5);
  book.label('industrial', joined('云溪工业园区', 'Yunxi Industrial Park'), park.park.centre, 4);
  book.label('water', joined('青萝水库', 'Qingluo Reservoir'), site.terrain.lakeCentre, 4);
  for (const peak of peaks(built)) {
    book.label('peak', site.names.peak(), peak, 6);
  }
}

/** The highest points, each at least 2.5 km from the next. */
function peaks(built: Built): Vec[] {
  const { terrain } = built.site;
  const { countyRadiusM } = terrain.scale;
  const candidates: { p: Vec; height: number }[] = [];
  for (let x = -countyRadiusM; x <= countyRadiusM; x += 400) {
    for (let y = -countyRadiusM; y <= countyRadiusM; y += 400) {
      if (terrain.insideM(x, y) > 300) candidates.push({ p: [x, y], height: terrain.heightM(x, y) });
    }
  }
  candidates.sort((a, b) => b.height - a.height);
  const chosen: Vec[] = [];
  for (const { p } of candidates) {
    if (chosen.length >= 12) break;
    if (chosen.every(other => distance(other, p) > 2_500)) chosen.push(p);
  }
  return chosen;
}
