/** Notes of an incident on the wire: words of whoever works it, for whoever works it next. */
import { z } from 'zod';

export const noteWriteSchema = z.object({ text: z.string().trim().min(1).max(2000) });
export const noteViewSchema = z.object({
  id: z.string(),
  /** Null: erased after its retention. */
  text: z.string().nullable(),
  writtenBy: z.string(),
  /** Of who wrote it. */
  displayName: z.string(),
  writtenAt: z.string(),
});
export type NoteView = z.infer<typeof noteViewSchema>;
