import type { BankBody, BankImport, BankProblem } from '#contract/bank.ts';
import { CodedError } from '#contract/errors.ts';
import { bankColumnOf, bankProblem, readBankRow } from '#domain/loop/bank-table.ts';
import { listBanks } from '../../../db/queries/loop/banks.ts';
import type { ServiceDeps } from '../../deps.ts';
import { allOrNothing } from '../all-or-nothing.ts';
import { requireAllowed } from '../guard.ts';
import { readUploadedTable } from '../read-table.ts';
import type { Call, Work } from '../unit-of-work.ts';
import { insertBank, rowOf, updateBank } from './save.ts';

export interface BankFile {
  bytes: Uint8Array;
  sheet?: string | undefined;
}

/** Read while others wait: every branch of a province, and no more. */
const bounds = { rows: 5_000, unpackedBytes: 10_000_000 };

/**
 * Takes a table of banks over, all of it or nothing: new entries are added, known ones changed, others stay. A preview does
 * everything but commit. Throws forbidden; invalidBody for what is no table of banks, tooLarge.
 */
export async function importBanks(
  deps: ServiceDeps,
  call: Call,
  file: BankFile,
  { preview }: { preview: boolean },
): Promise<BankImport> {
  const { rows, banks, problems } = understand(file);
  return allOrNothing(
    deps,
    call,
    { preview },
    async (work): Promise<BankImport> => {
      requireAllowed(work.actor, 'bank.set');
      return { rows, problems, banks: await write(work, banks), applied: false };
    },
    (work, found) => {
      const count = (was: string) => found.banks.filter(each => each.was === was).length;
      const detail = { change: 'import', added: count('new'), changed: count('changed') };
      work.audit({ action: 'bank.set', resource: 'banks', detail });
    },
  );
}

interface Understood {
  rows: number;
  banks: { row: number; bank: BankBody }[];
  problems: BankProblem[];
}

function understand(file: BankFile): Understood {
  const rows = readUploadedTable(file, 'the table of banks', bounds);
  if (!Object.keys(rows[0]?.cells ?? {}).some(header => bankColumnOf(header) !== undefined))
    throw new CodedError(
      'invalidBody',
      'the table has no column that is known; expected headers such as 银行, 网点, 电话',
    );
  const read = rows.map(readBankRow);
  const problems = read.flatMap(each => ('problems' in each ? each.problems : []));
  const banks = new Map<string, { row: number; bank: BankBody }>();
  for (const each of read) {
    if (!('bank' in each)) continue;
    const { bank, branch } = each.bank;
    const name = nameOf(each.bank);
    if (!banks.has(name)) banks.set(name, each);
    else problems.push(bankProblem(each.row, 'bank', 'twice', `${bank} ${branch}`.trim()));
  }
  problems.sort((a, b) => a.row - b.row);
  return { rows: rows.length, banks: [...banks.values()], problems };
}

const nameOf = ({ bank, branch }: { bank: string; branch: string }): string => `${bank}\n${branch}`;

async function write(work: Work, banks: Understood['banks']): Promise<BankImport['banks']> {
  const known = new Map((await listBanks(work.tx)).map(each => [nameOf(each), each]));
  const written: BankImport['banks'] = [];
  for (const { row, bank: body } of banks) {
    const next = rowOf(body);
    const { bank, branch, phone } = next;
    const before = known.get(nameOf(next));
    const same = before && fields.every(field => before[field] === next[field]);
    if (!before) await insertBank(work, next);
    else if (!same) await updateBank(work, before.id, next);
    written.push({ row, bank, branch, phone, was: before ? (same ? 'same' : 'changed') : 'new' });
  }
  return written;
}

const fields = ['phone', 'person', 'hours', 'note'] as const;
