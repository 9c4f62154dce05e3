/** Moments of a replayed case that somebody wants to find again, with a few words. */
import { z } from 'zod';
import { instantSchema } from './common.ts';

export const bookmarkWriteSchema = z.object({ at: instantSchema, text: z.string().trim().min(1).max(500) });
export const bookmarkViewSchema = z.object({
  id: z.string(),
  at: z.string(),
  /** Null: erased after its retention. */
  text: z.string().nullable(),
  madeBy: z.string(),
  /** Of who made it. */
  displayName: z.string(),
  madeAt: z.string(),
});
export type BookmarkView = z.infer<typeof bookmarkViewSchema>;
