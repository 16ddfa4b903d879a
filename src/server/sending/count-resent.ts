import type { Ctx } from '../platform/index.ts'

/** Every permission to send again what may have been sent already shows in the metrics. */
export function countResent(
  { metrics }: Pick<Ctx, 'metrics'>,
  decidedBy: 'policy' | 'operator',
  n: number,
): void {
  metrics
    .counter('parley_messages_resent_total', 'Messages of unknown outcome sent again', ['decided_by'])
    .labels(decidedBy)
    .inc(n)
}
