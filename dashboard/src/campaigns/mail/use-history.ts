import { useRef, useState } from 'react'

/** Steps that can be taken back. */
const stepsLimit = 100
/** Keystrokes that follow each other so closely are one step. */
const strokeMs = 800

/** What was before and what was taken back; the value itself lives with the caller. */
export function useHistory<T>(value: T, put: (value: T) => void) {
  const past = useRef<T[]>([])
  const future = useRef<T[]>([])
  const last = useRef({ at: 0, by: '' })
  const [, redraw] = useState(0)

  function change(next: T, by: string): void {
    const at = performance.now()
    const isSame = by !== '' && by === last.current.by && at - last.current.at < strokeMs
    if (!isSame) past.current = [...past.current.slice(1 - stepsLimit), value]
    future.current = []
    last.current = { at, by }
    put(next)
  }

  function step(from: { current: T[] }, to: { current: T[] }): void {
    const next = from.current.at(-1)
    if (next === undefined) return
    from.current = from.current.slice(0, -1)
    to.current = [...to.current, value]
    last.current = { at: 0, by: '' }
    put(next)
    redraw((count) => count + 1)
  }

  return {
    /** Changes the value; changes `by` the same hand in quick succession are taken back together. */
    change,
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: past.current.length > 0,
    canRedo: future.current.length > 0,
  }
}
