import { sql } from 'drizzle-orm';
import type { BankView } from '#contract/bank.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, rows } from '../sql.ts';

const columns = sql`id, bank, branch, phone, person, hours, note`;

/** The directory, by bank and branch; the whole bank stands before its branches. */
export const listBanks = (tx: Tx): Promise<BankView[]> =>
  rows(tx, sql`select ${columns} from bank_contact order by bank, branch, id`);

/** One entry, locked to the commit. */
export const bankForUpdate = (tx: Tx, bankId: string): Promise<BankView | undefined> =>
  firstRow(tx, sql`select ${columns} from bank_contact where id = ${bankId} for update`);

/** Whether another entry is of this bank and branch. */
export const bankTaken = async (
  tx: Tx,
  { bank, branch }: { bank: string; branch: string },
  except: string,
): Promise<boolean> =>
  (await firstRow(
    tx,
    sql`select id from bank_contact where bank = ${bank} and branch = ${branch} and id <> ${except}`,
  )) !== undefined;
