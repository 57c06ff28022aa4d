import { pino } from 'pino'
import type { Config } from '../config.ts'

/**
 * Structured lines on standard error. What is logged is named field by field; requests, bodies, addresses and keys never
 * are. An error is its name, message and stack: our messages name fields, not values.
 */
export function openLog(level: Config['logLevel']) {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  )
  return {
    /** Of the engines and jobs. */
    say: (at: 'info' | 'warn' | 'error', message: string) => logger[at](message),
    /** An error that is ours, and where it happened (a route's path pattern, a job's name). */
    failed: (error: unknown, where: string) => {
      const known =
        error instanceof Error
          ? { name: error.name, message: error.message, stack: error.stack }
          : { name: 'unknown' }
      logger.error({ where, error: known }, 'failed')
    },
  }
}
export type Log = ReturnType<typeof openLog>
