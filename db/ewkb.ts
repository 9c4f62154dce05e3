import type { Geometry, Position } from 'geojson';

/**
 * Reading PostGIS's own output (hexadecimal EWKB, as `pg` delivers a geometry column) and writing its input (EWKT).
 * Both engines speak these without any SQL function around the column.
 * @see https://postgis.net/docs/using_postgis_dbmanagement.html#EWKB_EWKT
 */

const HAS_Z = 0x8000_0000;
const HAS_M = 0x4000_0000;
const HAS_SRID = 0x2000_0000;

/** A geometry of two dimensions. Throws on anything that is not such an EWKB. */
export function parseEwkb(hex: string): Geometry {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length * 2 !== hex.length || bytes.length < 5)
    throw new Error(`expected a geometry as hexadecimal EWKB, got '${hex.slice(0, 40)}'`);
  return new EwkbReader(bytes).geometry();
}

/** What the parts of a Multi geometry hold. */
interface Coordinates {
  Point: Position;
  LineString: Position[];
  Polygon: Position[][];
}

class EwkbReader {
  #bytes: Buffer;
  #at = 0;
  #littleEndian = true;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  geometry(): Geometry {
    // Every part of a collection states its byte order anew.
    this.#littleEndian = this.#bytes.readUInt8(this.#at) === 1;
    this.#at += 1;
    const flags = this.#uint32();
    if (flags & (HAS_Z | HAS_M)) throw new Error('geometries with height or measure are not stored here');
    if (flags & HAS_SRID) this.#uint32();
    const type = flags & 0xff;
    switch (type) {
      case 1:
        return { type: 'Point', coordinates: this.#position() };
      case 2:
        return { type: 'LineString', coordinates: this.#line() };
      case 3:
        return { type: 'Polygon', coordinates: this.#lines() };
      case 4:
        return { type: 'MultiPoint', coordinates: this.#parts('Point') };
      case 5:
        return { type: 'MultiLineString', coordinates: this.#parts('LineString') };
      case 6:
        return { type: 'MultiPolygon', coordinates: this.#parts('Polygon') };
      case 7:
        return { type: 'GeometryCollection', geometries: this.#times(() => this.geometry()) };
      default:
        throw new Error(`geometry type ${type} is none of 1 (point) to 7 (collection)`);
    }
  }

  #parts<T extends keyof Coordinates>(type: T): Coordinates[T][] {
    return this.#times(() => {
      const part = this.geometry();
      if (part.type !== type || !('coordinates' in part))
        throw new Error(`expected ${type} inside Multi${type}, found ${part.type}`);
      return part.coordinates as Coordinates[T];
    });
  }

  #times<T>(read: () => T): T[] {
    return Array.from({ length: this.#uint32() }, read);
  }
  #lines = (): Position[][] => this.#times(this.#line);
  #line = (): Position[] => this.#times(this.#position);
  #position = (): Position => [this.#double(), this.#double()];

  #uint32(): number {
    const value = this.#littleEndian
      ? this.#bytes.readUInt32LE(this.#at)
      : this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  #double(): number {
    const value = this.#littleEndian
      ? this.#bytes.readDoubleLE(this.#at)
      : this.#bytes.readDoubleBE(this.#at);
    this.#at += 8;
    return value;
  }
}

/** 'SRID=4326;POINT(103.3 24.8)': what a geometry column takes as it is. Throws on a collection or a bad number. */
export function toEwkt(geometry: Geometry): string {
  return `SRID=4326;${geometry.type.toUpperCase()}${body(geometry)}`;
}

function body(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `(${pair(geometry.coordinates)})`;
    case 'LineString':
    case 'MultiPoint':
      return list(geometry.coordinates, pair);
    case 'Polygon':
    case 'MultiLineString':
      return list(geometry.coordinates, line => list(line, pair));
    case 'MultiPolygon':
      return list(geometry.coordinates, polygon => list(polygon, ring => list(ring, pair)));
    case 'GeometryCollection':
      throw new Error('a geometry collection cannot be stored: store its parts');
  }
}

const list = <T>(items: readonly T[], write: (item: T) => string): string =>
  items.length === 0 ? ' EMPTY' : `(${items.map(write).join(',')})`;

function pair(position: Position): string {
  const [lng, lat] = position;
  if (!Number.isFinite(lng) || !Number.isFinite(lat))
    throw new Error(`expected a position [lng, lat] of two finite numbers, got [${position.join(', ')}]`);
  return `${lng} ${lat}`;
}
