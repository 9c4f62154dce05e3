/** Where the maps of the after-action report put things, on the page and on paper alike. Pure. */

interface MapFrame {
  x: (lng: number) => number;
  y: (lat: number) => number;
  /** A round length for the scale bar, and how long it is drawn. */
  bar: { km: number; length: number };
}

const kmPerDegree = 111.32;

/** Fits west, south, east, north (degrees) into a picture, north up, equirectangular about its middle. Lengths are the picture's. */
export function mapFrame(bounds: readonly number[], width: number, height: number): MapFrame {
  const [west, south, east, north] = bounds as [number, number, number, number];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(width / ((east - west) * squeeze), height / (north - south));
  const perKm = scale / kmPerDegree;
  const km = [50, 20, 10, 5, 2, 1, 0.5].find(each => each * perKm <= width / 4) ?? 0.2;
  return {
    x: lng => width / 2 + (lng - (west + east) / 2) * squeeze * scale,
    y: lat => height / 2 - (lat - (south + north) / 2) * scale,
    bar: { km, length: km * perKm },
  };
}
