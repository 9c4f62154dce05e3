/** Tables of alerts, one row an alert, with Chinese headers or the names of the fields. Pure: cells in, alerts out. */
import { type AlertBody, alertBodySchema } from '#contract/alert.ts';
import { type AlertColumn, alertColumns, type IntakeProblem } from '#contract/intake.ts';
import { maskNumbers } from '../../auth/masking.ts';
import { readInstant, readRisk, readScamType, readYuan } from './alert-values.ts';

/** The names under which tables have each column, besides the field's own. */
const headers: Record<AlertColumn, readonly string[]> = {
  externalId: ['预警编号', '编号', '预警id', '指令编号', '线索编号', '工单号'],
  source: ['来源', '预警来源', '来源平台', '平台'],
  receivedAt: ['接收时间', '预警时间', '下发时间', '时间', '推送时间'],
  risk: ['风险等级', '预警等级', '等级', '风险级别', '预警级别', '危险等级'],
  scamType: ['诈骗类型', '预警类型', '类型', '诈骗类别', '涉诈类型'],
  name: ['姓名', '当事人', '当事人姓名', '受害人', '受害人姓名', '潜在受害人', '机主姓名', '机主'],
  phone: ['电话', '手机', '手机号', '手机号码', '电话号码', '联系电话', '联系方式', '受害人号码', '预警号码'],
  idNumber: ['身份证', '身份证号', '身份证号码', '证件号码', '证件号'],
  address: ['住址', '地址', '居住地址', '现住址', '家庭住址', '户籍地址', '常住地址'],
  vehicle: ['车牌', '车牌号', '车牌号码', '车辆'],
  bank: ['银行', '开户行', '开户银行', '涉案银行'],
  account: ['账号', '银行账号', '卡号', '银行卡号', '账户', '涉案账号', '涉案账户'],
  amount: ['金额', '涉案金额', '风险金额', '资金', '涉及金额', '金额(元)', '涉案金额(元)'],
  note: ['备注', '说明', '内容', '预警内容', '简要情况', '案情'],
};

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_*:：﻿]/g, '');
const columnByHeader = new Map(
  alertColumns.flatMap(column =>
    [column.toLowerCase(), ...headers[column]].map(name => [name, column] as const),
  ),
);

/** The column that a header names; undefined: it means nothing here. */
export const columnOf = (header: string): AlertColumn | undefined => columnByHeader.get(plain(header));

export type ReadAlert = { row: number; alert: AlertBody } | { row: number; problems: IntakeProblem[] };

const expected: Record<IntakeProblem['code'], string> = {
  missing: 'a value',
  notTime: 'a time such as 2026-11-22 09:35, 2026年11月22日9时35分, or ISO 8601 with an offset',
  notRisk: '特高危, 高危, 中危 or 低危',
  notScamType: 'a kind of scam such as 冒充公检法, 刷单返利, 虚假投资理财',
  notPhone: 'a phone number: digits, with an optional leading +',
  notAmount: 'an amount in yuan such as 180000, 180,000 or 18万',
  tooLong: 'a shorter text',
  refused: 'another value',
};

/**
 * Understands one row, or says what is wrong with each of its cells. `source`: who sent the table, where it does not say so
 * itself. A scam type that is left out is `other`; a risk, a name and a number have to be there.
 */
export function readAlertRow(
  { row, cells }: { row: number; cells: Readonly<Record<string, string>> },
  source: string,
): ReadAlert {
  const said = cellsByColumn(cells);
  const problems: IntakeProblem[] = [];
  const tell = (column: AlertColumn, code: IntakeProblem['code']) =>
    problems.push(problem(row, column, code, said.get(column) ?? ''));
  const read = <T>(
    column: AlertColumn,
    reader: (text: string) => T | undefined,
    code: IntakeProblem['code'],
  ) => {
    const text = said.get(column);
    if (text === undefined) return undefined;
    const value = reader(text);
    if (value === undefined) tell(column, code);
    return value;
  };
  for (const column of ['risk', 'name', 'phone'] as const) if (!said.has(column)) tell(column, 'missing');
  const receivedAt = read('receivedAt', readInstant, 'notTime');
  const risk = read('risk', readRisk, 'notRisk');
  const scamType = read('scamType', readScamType, 'notScamType') ?? 'other';
  const amount = read('amount', readYuan, 'notAmount');
  if (problems.length > 0) return { row, problems };
  const text = (column: AlertColumn) => {
    const value = said.get(column);
    return value === undefined ? {} : { [column]: value };
  };
  const account = said.get('account');
  const parsed = alertBodySchema.safeParse({
    ...text('externalId'),
    source: said.get('source') ?? source,
    ...(receivedAt !== undefined && { receivedAt }),
    risk,
    scamType,
    subject: {
      ...text('name'),
      ...text('phone'),
      ...text('idNumber'),
      ...text('address'),
      ...text('vehicle'),
    },
    ...(account !== undefined && { accounts: [{ bank: said.get('bank') ?? '', number: account }] }),
    ...(amount !== undefined && { amount }),
    ...text('note'),
  });
  if (parsed.success) return { row, alert: parsed.data };
  const columns = new Set(parsed.error.issues.map(({ path }) => columnAt(path)));
  return {
    row,
    problems: [...columns].map(column =>
      problem(row, column, column === 'phone' ? 'notPhone' : 'tooLong', said.get(column) ?? ''),
    ),
  };
}

function cellsByColumn(cells: Readonly<Record<string, string>>): Map<AlertColumn, string> {
  const said = new Map<AlertColumn, string>();
  for (const [header, cell] of Object.entries(cells)) {
    const column = columnOf(header);
    // Of two columns of one meaning the first that holds something counts.
    if (column !== undefined && cell.trim() !== '' && !said.has(column)) said.set(column, cell.trim());
  }
  return said;
}

/** Where a field of the body came from. */
function columnAt(path: readonly PropertyKey[]): AlertColumn {
  const last = String(path.at(-1));
  if (path[0] === 'accounts') return last === 'bank' ? 'bank' : 'account';
  return alertColumns.find(column => column === last) ?? 'note';
}

const longestValue = 60;

const problem = (
  row: number,
  column: AlertColumn,
  code: IntakeProblem['code'],
  value: string,
): IntakeProblem => ({
  row,
  column,
  code,
  value: value === '' ? null : maskNumbers(value.slice(0, longestValue)),
  message: `${value === '' ? 'empty' : 'not understood'}; expected ${expected[code]}`,
});
