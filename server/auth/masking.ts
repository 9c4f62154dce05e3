/** What lists, maps and logs may show of a person. */
import type { HomeBasis } from '#contract/address.ts';
import type { Position } from '#contract/common.ts';
import type { SubjectView } from '#contract/fact.ts';

/** 13800000001 → 138****0001. Short numbers keep only their last two digits. */
export function maskPhone(phone: string): string {
  return phone.length >= 8 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`;
}

/** 赵小兰 → 赵**; the first character stays, the length does not show beyond three. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  return `${characters[0] ?? ''}${'*'.repeat(Math.min(Math.max(characters.length - 1, 1), 2))}`;
}

const longNumber = /\+?\d(?:[ -]?\d){6,}[Xx]?/g;

/** Free text with every number masked that could be a phone's, an account's or an identity card's. */
export const maskNumbers = (text: string): string =>
  text.replace(longNumber, number => maskPhone(number.replaceAll(/[ -]/g, '')));

/** What names a subject. */
export interface SubjectNames {
  name: string;
  phone: string;
  idNumber: string | null;
  address: string | null;
  vehicle: string | null;
}

/**
 * A text of the actor's own, fit to be kept for ever: without what the vault says of the subject, and without any number
 * that could be somebody's. Names of one character are left alone: they are in every other word.
 */
export function withoutSubject(text: string, subjects: readonly SubjectNames[]): string {
  const named = subjects
    .flatMap(({ name, phone, idNumber, address, vehicle }) => [address, idNumber, phone, vehicle, name])
    .filter(value => value !== null && Array.from(value).length >= 2) as string[];
  const without = named.reduce((rest, value) => rest.replaceAll(value, '〔当事人〕'), text);
  return without.replace(longNumber, '〔号码〕');
}

/** A subject's row of the vault, as far as the view needs it. */
export interface SubjectRow {
  name: string;
  phone: string;
  address: string | null;
  vehicle: string | null;
  home: Position | null;
  homeBasis: HomeBasis | null;
  homeRadiusM: number | null;
  homeConfidence: number | null;
  elsewhere: string | null;
  handedOverTo: string | null;
}

/** The subject as lists and maps show it. */
export function subjectView(row: SubjectRow): SubjectView {
  return {
    nameMasked: maskName(row.name),
    phoneMasked: maskPhone(row.phone),
    ...(row.address !== null && { address: row.address }),
    ...(row.vehicle !== null && { vehicle: row.vehicle }),
    ...(row.home !== null && { home: row.home }),
    ...(row.homeBasis !== null && { homeBasis: row.homeBasis }),
    ...(row.homeRadiusM !== null && { homeRadiusM: row.homeRadiusM }),
    ...(row.homeConfidence !== null && { homeConfidence: row.homeConfidence }),
    ...(row.elsewhere !== null && { elsewhere: row.elsewhere }),
    ...(row.handedOverTo !== null && { handedOverTo: row.handedOverTo }),
  };
}
