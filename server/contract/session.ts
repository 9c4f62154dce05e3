import { z } from 'zod';
import { pendingSteps } from './account.ts';
import { instantSchema } from './common.ts';
import { roles } from './incident.ts';

/** The region that the server works with, as the screen needs it. Positions are [lng, lat]. */
export const regionViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  fictional: z.boolean(),
  attribution: z.string(),
  /** west, south, east, north in degrees */
  bbox: z.array(z.number()).length(4),
  center: z.array(z.number()).length(2),
  /** Where the base map is; it changes with the region. */
  tilesUrl: z.string(),
});
export type RegionView = z.infer<typeof regionViewSchema>;

export const sessionReplySchema = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  stationId: z.string().nullable(),
  demo: z.boolean(),
  serverTime: instantSchema,
  region: regionViewSchema.nullable(),
  /** What has to be done before this session is good for anything else. */
  pending: z.enum(pendingSteps).nullable(),
  /** The page came over a connection that nobody can read: passkeys, positions and the field app need one. */
  secure: z.boolean(),
});
export type SessionReply = z.infer<typeof sessionReplySchema>;

/** What the sign-in page may know: whether there are demo accounts, which county this is, and how one may come in. */
const signInInfoSchema = z.object({
  demo: z.boolean(),
  region: z.object({ name: z.string(), nameEn: z.string().nullable(), fictional: z.boolean() }).nullable(),
  /** As in the session: false is plain HTTP from another machine, which is warned of. */
  secure: z.boolean(),
  /** The reverse proxy vouches for a client certificate. */
  certificate: z.boolean(),
});
export type SignInInfo = z.infer<typeof signInInfoSchema>;
