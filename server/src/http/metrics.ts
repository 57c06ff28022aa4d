import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Readings that are taken when somebody asks for /metrics. */
export type Readings = () => Promise<
  readonly {
    readonly name: string
    readonly help: string
    readonly labels: Readonly<Record<string, string>>
    readonly value: number
  }[]
>

/** Prometheus metrics of this process and of the line; no label ever holds personal data. */
export function metrics(readings: Readings) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'danggol_' })
  const requests = new Counter({
    name: 'danggol_http_requests_total',
    help: 'Answered requests by class of path and status.',
    labelNames: ['area', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'danggol_http_request_seconds',
    help: 'Time to answer.',
    labelNames: ['area'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const gauges = new Map<string, Gauge>()

  async function page(): Promise<string> {
    const taken = await readings()
    // A queue that is empty has no row: what was said of it before must not stay.
    for (const gauge of gauges.values()) gauge.reset()
    for (const reading of taken) {
      const gauge =
        gauges.get(reading.name) ??
        new Gauge({
          name: reading.name,
          help: reading.help,
          labelNames: Object.keys(reading.labels),
          registers: [registry],
        })
      gauges.set(reading.name, gauge)
      gauge.set(reading.labels, reading.value)
    }
    return registry.metrics()
  }

  return {
    page,
    observe: (path: string, status: number, tookMs: number) => {
      const area = areaOf(path)
      requests.inc({ area, status: `${status}` })
      seconds.observe({ area }, tookMs / 1000)
    },
  }
}
export type Metrics = ReturnType<typeof metrics>

function areaOf(path: string): string {
  const first = path.split('/')[1] ?? ''
  return ['v1', 'api', 'u', 'c'].includes(first) ? first : 'other'
}
