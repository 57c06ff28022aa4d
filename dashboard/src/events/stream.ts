import { useEffect, useRef, useState } from 'react'
import type { EventRow } from '../api/events.ts'

export type Stream = {
  readonly events: readonly EventRow[]
  /** Arrived while paused and not shown yet. */
  readonly waiting: number
  readonly connected: boolean
}

const shown = 200
const waitingLimit = 500

/**
 * Events as the server appends them. While paused they wait, up to a limit, and come in when it ends.
 * The browser reconnects by itself; positions make a repeated event the same one.
 */
export function useStream(paused: boolean): Stream {
  const [events, setEvents] = useState<readonly EventRow[]>([])
  const [connected, setConnected] = useState(false)
  const [waiting, setWaiting] = useState(0)
  const held = useRef<EventRow[]>([])
  const isPaused = useRef(paused)
  useEffect(() => {
    isPaused.current = paused
    if (paused) return
    const late = held.current
    held.current = []
    setWaiting(0)
    setEvents((before) => joined(late, before))
  }, [paused])
  useEffect(() => {
    const source = new EventSource('/api/events/live')
    const arrivals: EventRow[] = []
    // At most a few draws a second, however many events arrive.
    const flush = setInterval(() => {
      if (arrivals.length === 0) return
      const batch = arrivals.splice(0)
      if (isPaused.current) {
        held.current = [...batch.reverse(), ...held.current].slice(0, waitingLimit)
        setWaiting(held.current.length)
      } else {
        setEvents((before) => joined(batch.reverse(), before))
      }
    }, 250)
    const take = (message: MessageEvent<string>) => {
      const said: unknown = JSON.parse(message.data)
      for (const one of Array.isArray(said) ? said : [said]) {
        if (isEvent(one)) arrivals.push(one)
      }
    }
    source.onopen = () => setConnected(true)
    source.onerror = () => setConnected(false)
    source.addEventListener('happening', take as EventListener)
    return () => {
      clearInterval(flush)
      source.close()
    }
  }, [])
  return { events, waiting, connected }
}

function isEvent(value: unknown): value is EventRow {
  return typeof value === 'object' && value !== null && 'position' in value && 'name' in value
}

function joined(fresh: readonly EventRow[], before: readonly EventRow[]): readonly EventRow[] {
  const seen = new Set<number>()
  return [...fresh, ...before]
    .filter((event) => !seen.has(event.position) && seen.add(event.position))
    .slice(0, shown)
}
