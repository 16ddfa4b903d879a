import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** One registry per context, so that two hubs in one test process don't count into each other. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Counter
  gauge(name: string, help: string, labels?: readonly string[]): Gauge
  /** Buckets in seconds. */
  histogram(name: string, help: string, labels?: readonly string[], buckets?: number[]): Histogram
  contentType: string
  /** Prometheus text of everything registered. */
  text(): Promise<string>
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  const known = new Map<string, Counter | Gauge | Histogram>()

  function once<M extends Counter | Gauge | Histogram>(
    name: string,
    kind: new (...args: never) => M,
    make: () => M,
  ): M {
    const existing = known.get(name)
    if (existing instanceof kind) return existing
    const made = make()
    known.set(name, made)
    return made
  }

  return {
    counter: (name, help, labels = []) =>
      once(name, Counter, () => new Counter({ name, help, labelNames: [...labels], registers: [registry] })),
    gauge: (name, help, labels = []) =>
      once(name, Gauge, () => new Gauge({ name, help, labelNames: [...labels], registers: [registry] })),
    histogram: (name, help, labels = [], buckets = secondsBuckets) =>
      once(
        name,
        Histogram,
        () => new Histogram({ name, help, labelNames: [...labels], buckets, registers: [registry] }),
      ),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
