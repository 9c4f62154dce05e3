/** Tables of banks, one row a number, with Chinese headers or the names of the fields. Pure: cells in, entries out. */
import {
  type BankBody,
  bankBodySchema,
  type BankColumn,
  bankColumns,
  type BankProblem,
} from '#contract/bank.ts';
import { bankName } from './banks.ts';

/** The names under which tables have each column, besides the field's own. */
const headers: Record<BankColumn, readonly string[]> = {
  bank: ['银行', '银行名称', '机构', '机构名称', '开户行', '单位'],
  branch: ['网点', '支行', '分行', '分支机构', '网点名称'],
  phone: ['电话', '联系电话', '24小时电话', '止付电话', '值班电话', '号码', '手机'],
  person: ['联系人', '值班人', '姓名', '负责人'],
  hours: ['时间', '值班时间', '服务时间', '时段'],
  note: ['备注', '说明'],
};

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_*:﻿]/g, '');
const columnByHeader = new Map(
  bankColumns.flatMap(column => [column, ...headers[column]].map(name => [plain(name), column] as const)),
);

/** The column that a header names; undefined: it means nothing here. */
export const bankColumnOf = (header: string): BankColumn | undefined => columnByHeader.get(plain(header));

export type ReadBank = { row: number; bank: BankBody } | { row: number; problems: BankProblem[] };

const expected: Record<BankProblem['code'], string> = {
  missing: 'a value',
  notPhone: 'a telephone number such as 0871-67796123 or 95599',
  tooLong: 'a shorter text',
  twice: 'each bank and branch once',
};

/** Understands one row, or says what is wrong with each of its cells. */
export function readBankRow({
  row,
  cells,
}: {
  row: number;
  cells: Readonly<Record<string, string>>;
}): ReadBank {
  const said = new Map<BankColumn, string>();
  for (const [header, cell] of Object.entries(cells)) {
    const column = bankColumnOf(header);
    // Of two columns of one meaning the first that holds something counts.
    if (column !== undefined && cell.trim() !== '' && !said.has(column)) said.set(column, cell.trim());
  }
  const missing = (['bank', 'phone'] as const).filter(column => !said.has(column));
  if (missing.length > 0)
    return { row, problems: missing.map(column => bankProblem(row, column, 'missing', '')) };
  const parsed = bankBodySchema.safeParse(Object.fromEntries(said));
  if (parsed.success) return { row, bank: { ...parsed.data, bank: bankName(parsed.data.bank) } };
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0] as BankColumn));
  return {
    row,
    problems: [...wrong].map(column =>
      bankProblem(row, column, column === 'phone' ? 'notPhone' : 'tooLong', said.get(column) ?? ''),
    ),
  };
}

const longestValue = 60;

export const bankProblem = (
  row: number,
  column: BankColumn,
  code: BankProblem['code'],
  value: string,
): BankProblem => ({
  row,
  column,
  code,
  value: value === '' ? null : value.slice(0, longestValue),
  message: `${value === '' ? 'empty' : 'not understood'}; expected ${expected[code]}`,
});
