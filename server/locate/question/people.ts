/** What people would say: the registers of hotels, those who know her, the counters of banks. */
import type { PlaceKind } from '#contract/place.ts';
import { type Ask, largest, massAt, type Scene, withOther } from './ask.ts';

/** Share of guests who are in the register under their own name, by kind: assumptions, not counts. */
const registered: Partial<Record<PlaceKind, number>> = { hotel: 0.9, internetCafe: 0.8, guestHouse: 0.6 };
const mostRegisters = 8;

/** A counter that has her photo knows her when she comes. */
const recognised = 0.7;
const mostBanks = 6;

/** How often those who know her name the place where she is, at once: seldom a road. */
const namedPlace = 0.3;
const namedLine = 0.1;
const mostNamed = 10;

/** Her name in the registers of all hotels and internet cafés at once. */
export function registerAsk(scene: Scene, takesS: number): Ask | null {
  return presenceAsk(scene, 'hotelRegister', takesS, mostRegisters, kind => registered[kind] ?? 0);
}

/** Her photo at the bank branches where she is likeliest to come. */
export function bankAsk(scene: Scene, takesS: number): Ask | null {
  return presenceAsk(scene, 'bankAlert', takesS, mostBanks, kind => (kind === 'bank' ? recognised : 0));
}

/** Whether she is at one of some places, and at which: each says so with some probability if she is there. */
function presenceAsk(
  scene: Scene,
  ask: Ask['ask'],
  takesS: number,
  most: number,
  saysSo: (kind: PlaceKind) => number,
): Ask | null {
  const { ground, field } = scene;
  const says = field.targets.map(target => saysSo(ground.targets[target]!.kind));
  const mass = massAt(field, takesS);
  const asked = largest(
    mass.map((each, place) => (says[place]! > 0 ? each : 0)),
    most,
  );
  if (asked.length === 0) return null;
  const answers = asked.map(place => {
    const answer = new Float32Array(field.targets.length);
    answer[place] = says[place]!;
    return answer;
  });
  return {
    ask,
    targetIds: asked.map(place => ground.targets[field.targets[place]!]!.id),
    answers: withOther(answers, field.targets.length),
  };
}

/** Where she usually goes: the place where she is, now and then, or any other as likely as it looks from here. */
export function usualPlacesAsk({ ground, field }: Scene, takesS: number): Ask {
  const isLine = field.targets.map(target => ground.targets[target]!.path !== null);
  const mass = massAt(field, takesS);
  const total = mass.reduce((sum, each, place) => sum + (isLine[place] ? 0 : each), 0);
  const answers = largest(mass, mostNamed).map(named => {
    const guessed = isLine[named] || total === 0 ? 0 : mass[named]! / total;
    return Float32Array.from(field.targets, (_, place) => {
      const knows = isLine[place] ? namedLine : namedPlace;
      return (place === named ? knows : 0) + (1 - knows) * guessed;
    });
  });
  return { ask: 'usualPlaces', targetIds: [], answers: withOther(answers, field.targets.length) };
}
