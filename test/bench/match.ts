/**
 * How well tracks are matched to roads: `node test/bench/match.ts [--json] [--tracks]`. The 24 tracks of Kubička et al.
 * (2015), each on its own network and thinned to one fix in 1, 30, 60 and 120 s. The model's numbers were chosen on
 * the tracks with even numbers; those with odd ones never had a say. Peer: each fix on its nearest edge, and the roads
 * that were hit are the answer. `--tracks` lists every track.
 */
import { snapTo } from '../../server/road/access.ts';
import { TrackMatcher } from '../../server/road/match/match.ts';
import type { TrackFix } from '../../server/road/match/model.ts';
import { type Driven, errorPct, noScore, recalledPct, type Score, scoreOf, sum } from './match-score.ts';
import { kubickaTracks, thinned, type TrueTrack } from './match-tracks.ts';
import { type Figures, printReport } from './report.ts';

const intervalsS = [1, 30, 60, 120];
const aimsPct: Record<number, number> = { 1: 99.5, 30: 99, 60: 98.5, 120: 96 };

interface Run {
  score: Score;
  peer: Score;
  fixes: number;
  ms: number;
}

function run(track: TrueTrack, everyS: number): Run {
  const fixes = thinned(track.fixes, everyS);
  const matcher = new TrackMatcher(track.graph);
  matcher.match(fixes.slice(0, 20)); // warms up
  const start = performance.now();
  const { paths } = matcher.match(fixes);
  const ms = performance.now() - start;
  const score = scoreOf(
    track,
    paths.flatMap(path => path.pieces),
  );
  return { score, peer: scoreOf(track, nearestEdges(track, fixes)), fixes: fixes.length, ms };
}

/** Every edge that is some fix's nearest, as a whole, in the direction in which the fixes pass along it. */
function nearestEdges({ graph }: TrueTrack, fixes: readonly TrackFix[]): Driven[] {
  const driven = new Map<number, { from: number; to: number }>();
  for (const { lng, lat } of fixes) {
    const snap = snapTo(graph, [lng, lat]);
    if (!snap) continue;
    const before = driven.get(snap.edge);
    if (before) before.to = snap.fraction;
    else driven.set(snap.edge, { from: snap.fraction, to: snap.fraction });
  }
  return [...driven].map(([edge, { from, to }]) =>
    to >= from ? { edge, first: 0, second: 1 } : { edge, first: 1, second: 0 },
  );
}

function runAll(tracks: readonly TrueTrack[]): void {
  const figures: Figures = {};
  const bounds: Figures = {};
  const peers: Figures = {};
  const lines = [
    `${tracks.length} tracks; share of the true length that was matched, and missed plus added, in %`,
  ];
  for (const everyS of intervalsS) {
    const runs = tracks.map(track => ({ name: track.name, ...run(track, everyS) }));
    const total = (which: typeof runs): Score => which.reduce((all, { score }) => sum(all, score), noScore);
    const odd = runs.filter(({ name }) => Number(name) % 2 === 1);
    const fixes = runs.reduce((all, each) => all + each.fixes, 0);
    figures[`every${everyS}s`] = {
      fixes,
      recalledPct: recalledPct(total(runs)),
      errorPct: errorPct(total(runs)),
      recalledUntunedPct: recalledPct(total(odd)),
      errorUntunedPct: errorPct(total(odd)),
      msPerFix: Math.round((runs.reduce((all, { ms }) => all + ms, 0) / fixes) * 1000) / 1000,
    };
    bounds[`every${everyS}s`] = { recalledPct: aimsPct[everyS]! };
    const peer = runs.reduce((all, each) => sum(all, each.peer), noScore);
    peers[`nearestEdgeEvery${everyS}s`] = { recalledPct: recalledPct(peer), errorPct: errorPct(peer) };
    if (process.argv.includes('--tracks')) {
      for (const { name, score } of runs)
        lines.push(
          `${String(everyS).padStart(4)} s  track ${name}  ${(score.trueM / 1000).toFixed(1).padStart(5)} km` +
            `  ${recalledPct(score).toFixed(2).padStart(6)}  ${errorPct(score).toFixed(2).padStart(6)}`,
        );
    }
  }
  printReport({ bench: 'match', seed: 0, figures, bounds, peers }, lines);
}

const tracks = kubickaTracks();
if (tracks) runAll(tracks);
else console.log('bench match: the tracks of Kubička et al. are not there; nothing was measured');
