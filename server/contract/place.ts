import { z } from 'zod';

/**
 * Point places first; the last three are lines that are searched along their length: segments made at import, and
 * ordinary streets, which nobody lists as long as she is not likelier to be there than elsewhere.
 */
export const placeKinds = [
  'bank',
  'atm',
  'park',
  'hotel',
  'guestHouse',
  'internetCafe',
  'carPark',
  'mall',
  'office',
  'school',
  'hospital',
  'station',
  'police',
  'residence',
  'industrialRoad',
  'quietRoad',
  'street',
] as const;
export const placeKindSchema = z.enum(placeKinds);
export type PlaceKind = z.infer<typeof placeKindSchema>;
