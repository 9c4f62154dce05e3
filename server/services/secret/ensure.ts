import { eq } from 'drizzle-orm';
import { serverSecret } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';

/**
 * The server's secret of this name, 32 random bytes made at the first asking. It stays in the database: a backup that
 * is restored elsewhere must still find its people by their keyed phone numbers.
 */
export function ensureSecret(
  deps: Pick<ServiceDeps, 'database' | 'randomBytes'>,
  name: string,
): Promise<Uint8Array> {
  return deps.database.transaction({ actor: 'system:setup' }, async tx => {
    await tx
      .insert(serverSecret)
      .values({ name, value: deps.randomBytes(32) })
      .onConflictDoNothing();
    const [row] = await tx
      .select({ value: serverSecret.value })
      .from(serverSecret)
      .where(eq(serverSecret.name, name));
    return row!.value;
  });
}
