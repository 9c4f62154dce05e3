/** Facts as parts of the log-likelihood. */
import type { CameraFact, CellFact, Fact, FixFact, ReportFact, TransactionFact } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import { distanceM } from '#road/geo.ts';
import { type Anchor, anchorAt, type AnchorFact, drivesThere, goodFixM, plausibilityOf } from './anchors.ts';
import { cameraPart, silencePart } from './cameras.ts';
import { type Part, passPart, searchPart, type SpotClaim, spotPart, usualPart } from './evidence.ts';
import type { Family } from './family.ts';
import { watchedBy } from './gates.ts';
import type { Model } from './model.ts';
import { type Radio, ringOf } from './radio.ts';
import { awayFrom } from './spots.ts';

/** A fact with what it takes of the other facts: how often its antenna was reported before, and how many others were. */
export interface Item {
  key: string;
  fact: Fact;
  repeat: number;
  others: number;
  /** Whether trips of their own begin at it. */
  anchors: boolean;
}

export interface Compiled {
  parts: readonly Part[];
  anchor: Anchor | null;
  /** Log weight of the trips that begin at it, where it anchors. */
  offset: number;
}

export interface CompileContext {
  ground: Ground;
  model: Model;
  radio: Radio;
  base: Family;
}

export function compile(item: Item, context: CompileContext): Compiled {
  const { fact } = item;
  const { ground, model } = context;
  const only = (part: Part): Compiled => ({ parts: [part], anchor: null, offset: 0 });
  switch (fact.kind) {
    case 'cell':
      return { parts: cellParts(fact, item, context), anchor: null, offset: 0 };
    case 'search':
      return only(searchPart(fact, ground, model));
    case 'pass':
      return only(passPart(fact, ground, model));
    case 'silence':
      return only(
        silencePart(
          fact,
          fact.cameras.map(camera => watchedBy(ground, camera)),
          model,
        ),
      );
    case 'camera':
      return compileCamera(fact, item, context);
    case 'fix':
      return compileFix(fact, item, context);
    case 'transaction':
      return compileTransaction(fact, item, context);
    case 'report':
      return compileReport(fact, item, context);
  }
}

function cellParts(
  fact: CellFact,
  { repeat, others }: Item,
  { ground, model, radio, base }: CompileContext,
): Part[] {
  const common = { atS: [fact.atS], drivesApart: false, drivingExpected: 0, driving: model.drivingShare };
  // Who stands stays in the same shadow: what is reported next is no news to her.
  const first = others === 0 ? 1 : model.otherShare / Math.sqrt(others);
  const standing = repeat === 0 ? first : model.repeatShare / Math.sqrt(repeat);
  const served = radio.servedBy(fact);
  const parts: Part[] = [
    spotPart({ ...common, standing, wrong: model.cellWrong, likelihood: served }, base, model),
  ];
  if (fact.timingAdvance === undefined) return parts;
  const claim: SpotClaim = {
    ...common,
    driving: 1,
    standing: repeat === 0 ? 1 : 0.6,
    wrong: model.advanceWrong,
    likelihood: ringOf(ground, fact, model),
  };
  return [...parts, spotPart(claim, base, model)];
}

function compileCamera(fact: CameraFact, item: Item, { ground, model, base }: CompileContext): Compiled {
  const anchor = anchorAt(ground, base, fact);
  if (!anchor) return { parts: [], anchor: null, offset: 0 };
  const plausible = plausibilityOf(anchor, model);
  const isOwn = (family: Family): boolean => family.approach?.of === item.key;
  return {
    parts: [cameraPart({ atS: fact.atS, darts: anchor.darts, plausible }, isOwn, model)],
    anchor: item.anchors ? anchor : null,
    offset: Math.log(plausible),
  };
}

/** Density of a bivariate Student distribution against its peak: heavy tails for what sources call their accuracy. */
const degreesOfFreedom = 4;
const studentRatio = (distances: number, sigmas: number): number =>
  (1 + (distances / sigmas) ** 2 / degreesOfFreedom) ** (-(degreesOfFreedom + 2) / 2);

/** Sigma of one coordinate of a circular normal distribution of which `quantile` lies within `accuracyM`. */
export const sigmaOf = ({ accuracyM, quantile }: Pick<FixFact, 'accuracyM' | 'quantile'>): number =>
  Math.max(5, accuracyM) / Math.sqrt(-2 * Math.log(1 - Math.min(0.99, Math.max(0.05, quantile))));

/** Cells and places are points here, but she stands somewhere about them. */
const aboutM = 25;

function compileFix(fact: FixFact, item: Item, context: CompileContext): Compiled {
  const { ground, model, base } = context;
  const sigmaM = Math.hypot(sigmaOf(fact), aboutM);
  const away = awayFrom(ground, fact.position);
  const anchor = item.anchors ? anchorAt(ground, base, fact) : null;
  const drivingExpected = anchor ? drivesThere(anchor, sigmaM) : 0;
  const part = spotPart(
    {
      atS: [fact.atS],
      likelihood: spot => studentRatio(away(spot), sigmaM),
      wrong: model.fixWrong,
      standing: 1,
      driving: 1,
      drivesApart: anchor !== null,
      drivingExpected,
    },
    base,
    model,
  );
  // In the family that begins at the fix she drives through it: the part is told to leave it alone.
  return anchored(part, item, anchor, Math.log(((1 - model.fixWrong) * drivingExpected) / part.expected));
}

/** The record is some minutes late. */
const recordedLateS = [0, 150, 420] as const;
const terminalM = 60;

function compileTransaction(fact: TransactionFact, item: Item, context: CompileContext): Compiled {
  const { ground, model, base } = context;
  const away = awayFrom(ground, fact.position);
  const claim: SpotClaim = {
    atS: recordedLateS.map(lateS => fact.atS - lateS),
    likelihood: spot => studentRatio(away(spot), terminalM),
    wrong: model.transactionWrong,
    standing: 1,
    driving: 1,
    drivesApart: false,
    drivingExpected: 0,
  };
  return leftAgain(spotPart(claim, base, model), item, 1 - model.transactionWrong, context);
}

const witnessedM = 200;

function compileReport(fact: ReportFact, item: Item, context: CompileContext): Compiled {
  const { ground, model, base } = context;
  const parts: Part[] = [];
  if (fact.usualPlaces.length > 0 && fact.credibility > 0) {
    const share = usualShare(ground, fact);
    parts.push(usualPart(share, 0.35 * fact.credibility, base));
  }
  // Who tells that she left gives the place that she left from.
  if (!fact.position || fact.departedAtS !== undefined || fact.credibility <= 0)
    return { parts, anchor: null, offset: 0 };
  const away = awayFrom(ground, fact.position);
  const claim: SpotClaim = {
    atS: [fact.atS],
    likelihood: spot => studentRatio(away(spot), witnessedM),
    wrong: 1 - 0.95 * fact.credibility,
    standing: 1,
    driving: 1,
    drivesApart: false,
    drivingExpected: 0,
  };
  const seen = leftAgain(spotPart(claim, base, model), item, 0.95 * fact.credibility, context);
  return { ...seen, parts: [...parts, ...seen.parts] };
}

/** How likely she goes on from where she paid or was seen, against staying there. */
const leavesShare = 0.5;

function leftAgain(
  part: Part & { expected: number },
  item: Item,
  right: number,
  { ground, base }: CompileContext,
): Compiled {
  const anchor = item.anchors ? anchorAt(ground, base, item.fact as AnchorFact) : null;
  return anchored(part, item, anchor, Math.log(leavesShare * right));
}

function anchored(part: Part, item: Item, anchor: Anchor | null, offset: number): Compiled {
  if (!anchor) return { parts: [part], anchor, offset: 0 };
  const apply: Part['apply'] = (family, sign) => {
    if (family.approach?.of !== item.key) part.apply(family, sign);
  };
  return { parts: [{ rest: part.rest, apply }], anchor, offset };
}

function usualShare(ground: Ground, { usualPlaces }: ReportFact): (target: number) => number {
  const usual = Uint8Array.from(ground.targets, ({ id, position }) =>
    usualPlaces.some(place => place.targetId === id || distanceM(place.position, position) < usualM) ? 1 : 0,
  );
  return target => usual[target]!;
}

/** A usual place given as a point means what is this near to it. */
const usualM = 80;

/** Whether trips of their own may begin at a fact. */
export function mayAnchor(fact: Fact): fact is AnchorFact {
  switch (fact.kind) {
    case 'camera':
    case 'transaction':
      return true;
    case 'fix':
      return sigmaOf(fact) <= goodFixM;
    case 'report':
      return fact.position !== undefined && fact.departedAtS === undefined && fact.credibility >= 0.4;
    default:
      return false;
  }
}
