/** Things to do in order of time; of equal times, in the order they were put in. A binary heap. */
export function dueQueue<T>() {
  const heap: Entry<T>[] = []
  let put = 0

  function lift(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!swapIfBefore(heap, at, parent)) return
      at = parent
    }
  }

  function sink(from: number): void {
    let at = from
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      const child = right < heap.length && isBefore(heap, right, left) ? right : left
      if (child >= heap.length || !swapIfBefore(heap, child, at)) return
      at = child
    }
  }

  return {
    /** `at` in UTC ms. */
    add: (at: number, item: T) => {
      put += 1
      heap.push({ at, order: put, item })
      lift(heap.length - 1)
    },
    /** When the earliest is due; Infinity when there is none. */
    nextAt: () => heap[0]?.at ?? Infinity,
    /** Takes the earliest; undefined when there is none. */
    take: (): { readonly at: number; readonly item: T } | undefined => {
      const first = heap[0]
      const last = heap.pop()
      if (!first || !last) return undefined
      if (first !== last) {
        heap[0] = last
        sink(0)
      }
      return { at: first.at, item: first.item }
    },
  }
}

type Entry<T> = { readonly at: number; readonly order: number; readonly item: T }

function isBefore<T>(heap: readonly Entry<T>[], a: number, b: number): boolean {
  const [one, other] = [heap[a], heap[b]]
  if (!one || !other) return false
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}

function swapIfBefore<T>(heap: Entry<T>[], a: number, b: number): boolean {
  const [one, other] = [heap[a], heap[b]]
  if (!one || !other || !isBefore(heap, a, b)) return false
  heap[a] = other
  heap[b] = one
  return true
}
