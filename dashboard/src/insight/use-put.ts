import { useSearchParams } from 'wouter'

/** The filters of a page live in its address: reads them, and puts one (null: none) beside the others. */
export function usePut() {
  const [params, setParams] = useSearchParams()
  const put = (key: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null || value === '') next.delete(key)
        else next.set(key, value)
        return next
      },
      { replace: true },
    )
  return [params, put] as const
}
