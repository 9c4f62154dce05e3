import { z } from 'zod';

/** Point places first; the last two are road segments that are searched along their length. */
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
] as const;
export const placeKindSchema = z.enum(placeKinds);
export type PlaceKind = z.infer<typeof placeKindSchema>;
