/** The tables that a bureau hands over: which columns each layer has, and under which names they are understood. */

export const layerNames = [
  'stations',
  'jurisdictions',
  'places',
  'cells',
  'cameras',
  'units',
  'addresses',
] as const;
export type LayerName = (typeof layerNames)[number];

/** Column names that are understood, the contract's own first, then the Chinese title. Case and blanks do not matter. */
export const columnNames = {
  id: ['id', '编号', '序号'],
  name: ['name', '名称', '名字'],
  nameEn: ['nameEn', '英文名', '英文名称'],
  lng: ['lng', '经度', 'lon', 'longitude'],
  lat: ['lat', '纬度', 'latitude'],
  kind: ['kind', '类型', '类别', 'type'],
  address: ['address', '地址'],
  areaHa: ['areaHa', '面积公顷'],
  station: ['station', '派出所', '所属派出所', 'stationId'],
  siteId: ['siteId', '基站编号', '基站', 'site'],
  cellId: ['cellId', '小区编号', '小区', 'cell'],
  azimuthDeg: ['azimuthDeg', '方位角', 'azimuth'],
  beamwidthDeg: ['beamwidthDeg', '波束宽度', 'beamwidth'],
  rangeM: ['rangeM', '覆盖半径', '覆盖距离', 'range'],
  headingDeg: ['headingDeg', '朝向', 'heading'],
  working: ['working', '状态', '是否正常'],
  callsign: ['callsign', '呼号'],
  sworn: ['sworn', '民警'],
  auxiliary: ['auxiliary', '辅警'],
  level: ['level', '级别', '层级'],
} as const satisfies Record<string, readonly [string, string, ...string[]]>;
export type LayerColumn = keyof typeof columnNames;

interface ColumnUse {
  column: LayerColumn;
  /** A row without it cannot be used. */
  required: boolean;
  /** As it stands in the example of the documentation and of the template. */
  example: string;
}

const required = (column: LayerColumn, example: string): ColumnUse => ({ column, required: true, example });
const optional = (column: LayerColumn, example: string): ColumnUse => ({ column, required: false, example });
const position = [required('lng', '103.2701'), required('lat', '24.7712')];

/** Columns of each layer in the order of its template. Jurisdictions come as GeoJSON: their area is the feature's shape. */
export const layerColumns: Record<LayerName, readonly ColumnUse[]> = {
  stations: [
    required('id', 'S01'),
    required('name', '茶口派出所'),
    optional('nameEn', 'Chakou Police Station'),
    ...position,
  ],
  jurisdictions: [required('station', '茶口派出所')],
  places: [
    required('id', 'Y1'),
    required('kind', '银行'),
    required('name', '云溪农商行'),
    optional('nameEn', 'Yunxi Rural Bank'),
    ...position,
    optional('address', '翠屏路18号'),
    optional('areaHa', '0.3'),
  ],
  cells: [
    optional('siteId', 'B1'),
    required('cellId', 'B1-1'),
    ...position,
    optional('azimuthDeg', '120'),
    optional('beamwidthDeg', '65'),
    required('rangeM', '800'),
  ],
  cameras: [
    required('id', 'K1'),
    required('name', '翠屏路东口'),
    ...position,
    optional('headingDeg', '90'),
    optional('working', '正常'),
  ],
  units: [
    required('callsign', '茶口-1'),
    required('station', '茶口派出所'),
    required('kind', '警车'),
    optional('sworn', '1'),
    optional('auxiliary', '2'),
  ],
  addresses: [required('name', '茶口镇翠屏路12号'), ...position, optional('level', '门牌')],
};
