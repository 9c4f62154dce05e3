import type { SightingView } from '#contract/sighting.ts';
import type { Formats } from '../../i18n/format.ts';
import type { Messages } from '../../i18n/zh.ts';

/** One step of LTE timing advance: 16 chips of 1/30.72 MHz, there and back (3GPP TS 36.211). */
const timingAdvanceStepM = 78.12;

/** What a sighting says about where she was, with its honest uncertainty, in a sentence. */
export function inWords({ detail, text }: SightingView, t: Messages, formats: Formats): string {
  const { sighting } = t;
  switch (detail.kind) {
    case 'cell': {
      if (detail.timingAdvance !== undefined) {
        return sighting.cellRingSays(formats.distance(detail.timingAdvance * timingAdvanceStepM));
      }
      const range = formats.distance(detail.rangeM);
      return detail.azimuthDeg === undefined ? sighting.cellOmniSays(range) : sighting.cellSays(range);
    }
    case 'fix':
      return detail.accuracyQuantile === undefined
        ? sighting.fixSays(formats.distance(detail.accuracyM))
        : sighting.fixShareSays(formats.distance(detail.accuracyM), formats.percent(detail.accuracyQuantile));
    case 'camera': {
      const heading =
        detail.headingDeg === undefined ? null : sighting.cameraHeading(direction(detail.headingDeg, t));
      return [text, heading, sighting.cameraSays].filter(Boolean).join(' · ');
    }
    case 'transaction':
      return sighting.transactionSays;
    case 'report':
      return [text, sighting.reportSays(formats.percent(detail.credibility))].filter(Boolean).join(' · ');
    case 'search':
      return detail.outcome === 'blocked'
        ? `${sighting.blocked} · ${sighting.method[detail.method]}`
        : `${sighting.notHere} · ${sighting.searchSays(sighting.method[detail.method])}`;
  }
}

function direction(headingDeg: number, t: Messages): string {
  return t.sighting.directions[Math.round(headingDeg / 45) % 8] ?? '';
}
