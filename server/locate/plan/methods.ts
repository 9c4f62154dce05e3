/** In which ways each target may be looked at, worked out once for a region. */
import type { SearchMethod } from '#contract/sighting.ts';
import { type Detection, detectionOf } from '#domain/detection.ts';
import { defaultMethod } from '#domain/task.ts';
import type { Ground } from '../ground.ts';

export interface MethodDetection extends Detection {
  method: SearchMethod;
}

const known = new WeakMap<Ground, MethodDetection[][]>();

/** Per target its usual method, and for places driving past. */
export function methodsOf(ground: Ground): readonly (readonly MethodDetection[])[] {
  let methods = known.get(ground);
  if (!methods) {
    methods = ground.targets.map(target => {
      const usual = defaultMethod(target.kind);
      const each: SearchMethod[] = target.path || usual === 'driveBy' ? [usual] : [usual, 'driveBy'];
      return each.map(method => ({ method, ...detectionOf(target, method) }));
    });
    known.set(ground, methods);
  }
  return methods;
}
