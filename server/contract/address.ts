/** An address as text → ranked places on the map, each with how far off it may be and how sure that is. */
import { z } from 'zod';
import { positionInputSchema, positionSchema } from './common.ts';

/** From large to small. `place` is a named spot: a compound, a bank, a market. */
export const addressLevels = [
  'county',
  'township',
  'community',
  'village',
  'hamlet',
  'road',
  'place',
  'house',
] as const;
export type AddressLevel = (typeof addressLevels)[number];

/** How a part of the text was read: word for word, by its sound, with a slip, or only a part of the name. */
export const matchKinds = ['exact', 'sound', 'similar', 'partial'] as const;
/** How a house number was found: mapped, between two mapped ones, or beyond the last of them. */
export const doorKinds = ['known', 'between', 'beyond'] as const;

export const addressCandidateSchema = z.object({
  position: positionSchema,
  /** Township, road and number as one would write it. */
  label: z.string(),
  labelEn: z.string().nullable(),
  level: z.enum(addressLevels),
  /** How big is what was matched: the person lives within this of `position`, if it is the right one. */
  radiusM: z.number().nonnegative(),
  /** 0 to 1: of answers with 0.8, four in five are right. */
  confidence: z.number().min(0).max(1),
  /** What of the gazetteer was read in the text, and how; and how the house number was found. */
  why: z.array(z.object({ name: z.string(), level: z.enum(addressLevels), how: z.enum(matchKinds) })),
  door: z.enum(doorKinds).nullable(),
  placeId: z.string().nullable(),
  /** Whose jurisdiction it lies in. */
  stationId: z.string().nullable(),
  /** The text names another part of the country: this is where it would be if it did not. */
  outside: z.boolean(),
});
export type AddressCandidate = z.infer<typeof addressCandidateSchema>;

export const addressQuerySchema = z.object({
  q: z.string().trim().min(1).max(300),
  limit: z.number().int().min(1).max(20).default(6),
  /** Of equals the nearer comes first. */
  near: positionSchema.optional(),
});

export const addressReplySchema = z.object({
  items: z.array(addressCandidateSchema),
  /** Another province, city or county that the text names: lives elsewhere. */
  elsewhere: z.object({ name: z.string(), confidence: z.number().min(0).max(1) }).nullable(),
});
export type AddressReply = z.infer<typeof addressReplySchema>;

/** How we know where a person lives: the alert gave the place, it was read from her address, or somebody set the pin. */
export const homeBases = ['given', 'address', 'pinned'] as const;
export type HomeBasis = (typeof homeBases)[number];

/** A pin on the map, or a candidate of the address search that somebody picked. */
export const homeBodySchema = z.union([
  z.strictObject({ position: positionInputSchema }),
  z.strictObject({
    candidate: z.object({
      position: positionSchema,
      radiusM: z.number().min(0).max(100_000),
      confidence: z.number().min(0).max(1),
    }),
  }),
]);
export type HomeBody = z.infer<typeof homeBodySchema>;

/** To whom, as people call that bureau, and why. */
export const handOverBodySchema = z.object({
  to: z.string().trim().min(2).max(120),
  reason: z.string().trim().min(2).max(500),
});
export type HandOverBody = z.infer<typeof handOverBodySchema>;
