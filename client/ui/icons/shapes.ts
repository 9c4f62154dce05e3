/**
 * Icon shapes drawn for this product on a 24-unit grid. `stroke` shapes are lines two units wide with round ends;
 * the others are filled.
 */
export interface IconShape {
  /** Side of the square grid that `path` is drawn on. */
  grid: number;
  /** SVG path data. */
  path: string;
  stroke?: boolean;
}

const line = (path: string): IconShape => ({ grid: 24, path, stroke: true });
const solid = (path: string): IconShape => ({ grid: 24, path });

/** Level of risk: the shape says it without the colour. */
export const riskShapes = {
  extraHigh: solid('M12 2.2 23 21.2H1Z'),
  high: solid('M12 1 23 12 12 23 1 12Z'),
  medium: solid('M3.5 3.5h17v17h-17Z'),
  low: solid('M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z'),
};

export const unitShapes = {
  car: solid(
    'M5.1 6.2A2 2 0 0 1 7 5h10a2 2 0 0 1 1.9 1.2L20.6 11a2.4 2.4 0 0 1 1.4 2.2V18a1 1 0 0 1-1 1h-1.6a1 1 0 0 1-1-1v-1H5.6v1a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-4.8a2.4 2.4 0 0 1 1.4-2.2ZM6.9 7.2 5.7 10.6h12.6l-1.2-3.4ZM6 12.7a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8Zm12 0a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8ZM10 2h4v2h-4Z',
  ),
  motorcycle: line(
    'M5.5 13a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM18.5 13a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM13.5 5H16l2.5 11.5M5.5 16.5 8.5 10H17M8.5 10 7 7.5H4.5M9 16.5h4l3.5-6.5',
  ),
  foot: line(
    'M13.5 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM12.5 8.5l-1.5 6 3.5 3 .5 5M11 14.5l-1 4-2.5 3.5M7.5 12.5l1.5-3 3.5-1 2.5 3 3 1',
  ),
};

export const sightingShapes = {
  cell: line('M12 11v11M8.5 22h7M9 12.5a4.5 4.5 0 1 1 6 0M6 15.5a8.5 8.5 0 1 1 12 0'),
  fix: line('M12 2v5M12 17v5M2 12h5M17 12h5M12 6.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM12 11.7v.6'),
  camera: line('M3 8.5 16 4l3.5 8.5L7 17ZM17 6.5l4-1.5 1 3-4 1.5M8.5 16.5V20H3'),
  transaction: line('M6 3l6 8 6-8M12 11v11M7 12h10M7 16.5h10'),
  report: line('M3 4h18v13H11l-5 4.5V17H3ZM8 9h8M8 12.5h5'),
  search: line('M10.5 3.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM15.5 15.5 21.5 21.5M8 8l5 5M13 8l-5 5'),
};

/** Places whose Maki symbol is unclear at this size or means something else here. */
export const placeShapes = {
  bank: line('M2.5 9 12 3l9.5 6ZM5.5 12v6M10 12v6M14 12v6M18.5 12v6M2.5 21.5h19'),
  atm: line('M3 4h18v9H3ZM7 13v8h10v-8M12 16v2.5M7 8.5h.1M17 8.5h-.1M12 7.5a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z'),
  internetCafe: line('M3 4h18v12H3ZM12 16v4.5M7.5 20.5h9M7.5 10l2.5-2M7.5 10l2.5 2M13.5 12.5h3.5'),
  police: solid(
    'M12 1.5 21 4.5v7c0 5.5-3.8 9.3-9 11.5-5.2-2.2-9-6-9-11.5v-7ZM12 6.5l-1.5 3.4-3.7.3 2.8 2.5-.9 3.7 3.3-2 3.3 2-.9-3.7 2.8-2.5-3.7-.3Z',
  ),
  street: line('M3 8h18M3 16h18M6 12h3M11 12h3M16 12h3'),
  quietRoad: line('M7 22 10.5 2M17 22 13.5 2M12 6v2M12 11.5v2.5M12 18v3'),
  industrialRoad: line('M2.5 21.5V9l5 4V9l5 4V3h3.5l.5 10 5 0v8.5ZM7 17.5h2M12 17.5h2M17 17.5h1'),
};

/** Controls and panels. */
export const controlShapes = {
  density: line('M4 5h16M4 10h16M4 14.5h16M4 19h16'),
  magnifier: line('M10.5 3.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM15.5 15.5 21.5 21.5'),
  layers: line('M12 3 2.5 8 12 13l9.5-5ZM2.5 12.5l9.5 5 9.5-5M2.5 17l9.5 5 9.5-5'),
  measure: line('M2.5 16.5 16.5 2.5l5 5-14 14ZM6.5 12.5l2 2M10 9l2.5 2.5M13.5 5.5l2 2'),
  fit: line('M3.5 9V3.5H9M15 3.5h5.5V9M20.5 15v5.5H15M9 20.5H3.5V15'),
  compass: solid('M12 1.5 16.5 12H7.5ZM7.5 12h9L12 22.5Zm2.3 1.5L12 18.8l2.2-5.3Z'),
  follow: line('M12 2v3.5M12 18.5V22M2 12h3.5M18.5 12H22M12 5.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z'),
  route: line(
    'M6 15.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM18 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM9 18.5h6.5a3.5 3.5 0 0 0 0-7h-7a3.5 3.5 0 0 1 0-7H15',
  ),
  plus: line('M12 4v16M4 12h16'),
  minus: line('M4 12h16'),
  close: line('M5 5l14 14M19 5 5 19'),
  noEntry: solid('M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM5.5 10h13v4h-13Z'),
  check: line('M4 12.5 9.5 18 20.5 6'),
  chevronLeft: line('M15 4 7 12l8 8'),
  chevronRight: line('M9 4l8 8-8 8'),
  chevronUp: line('M4 15l8-8 8 8'),
  chevronDown: line('M4 9l8 8 8-8'),
  arrowRight: line('M3 12h18M14 5l7 7-7 7'),
  menu: line('M3 6h18M3 12h18M3 18h18'),
  settings: line(
    'M3 6.5h8M17 6.5h4M14 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM3 17.5h3M12 17.5h9M9 15a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  ),
  filter: line('M3 5h18l-7 8.5V20l-4 1.5v-8Z'),
  list: line('M8 6h13M8 12h13M8 18h13M3.5 6h.1M3.5 12h.1M3.5 18h.1'),
  bell: line('M5 17.5 6.5 15v-4.5a5.5 5.5 0 0 1 11 0V15l1.5 2.5ZM10 21h4'),
  volume: line('M3 9.5h4l5-5v15l-5-5H3ZM16 8.5a5 5 0 0 1 0 7M19 5.5a9.5 9.5 0 0 1 0 13'),
  mute: line('M3 9.5h4l5-5v15l-5-5H3ZM16.5 9.5l5 5M21.5 9.5l-5 5'),
  warning: line('M12 3 22 20.5H2ZM12 9.5v5M12 17.5v.1'),
  info: line('M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19ZM12 11v6M12 7.5v.1'),
  clock: line('M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19ZM12 7v5.5l3.5 2'),
  history: line('M4 5v5h5M4.5 10a8.5 8.5 0 1 1-1 4M12 8v5l3.5 2'),
  play: solid('M6 3.5v17l14.5-8.5Z'),
  pause: solid('M5.5 4h4.5v16H5.5ZM14 4h4.5v16H14Z'),
  stepBack: line('M18 5v14L8 12ZM5 5v14'),
  stepForward: line('M6 5v14l10-7ZM19 5v14'),
  phone: line(
    'M4.5 3H9l2 5.5-2.5 1.5a12 12 0 0 0 5.5 5.5l1.5-2.5L21 15v4.5a1.5 1.5 0 0 1-1.5 1.5A16.5 16.5 0 0 1 3 4.5 1.5 1.5 0 0 1 4.5 3Z',
  ),
  message: line('M3 4h18v13H11l-5 4.5V17H3Z'),
  person: line('M12 3a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM3.5 21.5c.5-4.5 4-6.5 8.5-6.5s8 2 8.5 6.5'),
  people: line(
    'M9 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM2 20.5c.5-4 3.5-5.5 7-5.5s6.5 1.5 7 5.5M16 4.5a4 4 0 0 1 0 7M18.5 15.5c2 .7 3.2 2.4 3.5 5',
  ),
  home: line('M3 11.5 12 3.5l9 8M5.5 9.5V21h13V9.5M10 21v-6h4v6'),
  lock: line('M5 11h14v10.5H5ZM8 11V7.5a4 4 0 0 1 8 0V11M12 15v3'),
  unlock: line('M5 11h14v10.5H5ZM8 11V7.5a4 4 0 0 1 7.7-1.5M12 15v3'),
  key: line('M7.5 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM11 12.5 20.5 3M16 7.5l3.5 3.5'),
  eye: line(
    'M1.5 12C4 7.5 7.7 5 12 5s8 2.5 10.5 7c-2.5 4.5-6.2 7-10.5 7s-8-2.5-10.5-7ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  ),
  eyeOff: line(
    'M4.5 8a18 18 0 0 0-3 4c2.5 4.5 6.2 7 10.5 7a10 10 0 0 0 4.5-1M9 5.3A10 10 0 0 1 12 5c4.3 0 8 2.5 10.5 7a18 18 0 0 1-2.5 3.5M3 3l18 18',
  ),
  edit: line('M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19ZM13.5 7l3.5 3.5'),
  undo: line('M8.5 4 3.5 9l5 5M3.5 9H15a5.5 5.5 0 0 1 0 11h-5'),
  refresh: line('M20.5 4v5.5H15M20 9.5a8.5 8.5 0 1 0 .5 5'),
  download: line('M12 3v12.5M6 10l6 6 6-6M3.5 20.5h17'),
  upload: line('M12 16V3.5M6 9l6-6 6 6M3.5 20.5h17'),
  external: line('M13 3.5h7.5V11M20.5 3.5 11 13M17.5 14v6.5h-14v-14H10'),
  send: line('M2.5 11 21.5 3 14 21.5l-3-8ZM11 13.5l5-5'),
  pin: line(
    'M12 22c-4.5-5-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2.5 7-7 12ZM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  ),
  task: line('M5 4h14v17.5H5ZM9 2.5h6v3H9ZM8.5 13l2.5 2.5 5-5'),
  document: line('M5 2.5h9l5 5v14H5ZM14 2.5v5h5M8.5 12.5h7M8.5 16.5h7'),
  chart: line('M3.5 3v17.5H21M8 16v-4M12.5 16V8M17 16V5.5'),
  shield: line('M12 2 20.5 5v6.5c0 5-3.5 8.5-8.5 10.5-5-2-8.5-5.5-8.5-10.5V5Z'),
  money: line('M2.5 5.5h19v13h-19ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM6 9.5v5M18 9.5v5'),
  offline: line(
    'M3 3l18 18M12 19.5v.1M8.5 15.8a5 5 0 0 1 6 -.7M5 12.3a10 10 0 0 1 4.5-2.5M2 8.8a14.5 14.5 0 0 1 4-2.5M10.5 5.1A14.5 14.5 0 0 1 22 8.8M15.5 10.5a10 10 0 0 1 3.5 1.8',
  ),
  fullscreen: line(
    'M9 3.5H3.5V9M15 3.5h5.5V9M20.5 15v5.5H15M9 20.5H3.5V15M3.5 3.5l6 6M20.5 3.5l-6 6M20.5 20.5l-6-6M3.5 20.5l6-6',
  ),
  sun: line(
    'M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM12 1.5v2M12 20.5v2M1.5 12h2M20.5 12h2M4.6 4.6 6 6M18 18l1.4 1.4M4.6 19.4 6 18M18 6l1.4-1.4',
  ),
  moon: line('M20.5 14.5A9 9 0 0 1 9.5 3.5a9 9 0 1 0 11 11Z'),
  logout: line('M10 3.5H4v17h6M9.5 12h12M16 6.5l5.5 5.5-5.5 5.5'),
};
