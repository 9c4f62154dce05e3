import type { Metrics } from '../http/metrics.ts';
import type { Live } from './live.ts';

/** What an operator wants to know of the live side, read when somebody asks. */
export function observeLive(metrics: Pick<Metrics, 'gauge'>, live: Live): void {
  const { counts } = live.pipeline;
  const rejected = () => [...counts.rejected.values()].reduce((sum, count) => sum + count, 0);
  metrics.gauge('jianmian_positions_accepted', () => counts.accepted);
  metrics.gauge('jianmian_positions_duplicate', () => counts.duplicates);
  metrics.gauge('jianmian_positions_rejected', rejected);
  metrics.gauge('jianmian_positions_from_unknown_devices', () => counts.rejected.get('unknown device') ?? 0);
  metrics.gauge('jianmian_positions_from_the_future', () => counts.future);
  metrics.gauge('jianmian_positions_waiting', () => live.waitingPositions());
  metrics.gauge('jianmian_streams_open', () => live.stream.size);
  metrics.gauge('jianmian_streams_waiting_bytes', () => live.stream.waitingBytes);
  metrics.gauge('jianmian_data_age_seconds', () => live.dataAgeS());
  metrics.gauge('jianmian_log_seq', () => live.world().seq);
}
