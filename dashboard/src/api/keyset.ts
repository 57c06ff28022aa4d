import { useInfiniteQuery } from '@tanstack/react-query'
import type { PageOf } from './client.ts'

/** A list that grows by one page at a time: rows so far, and how to get more. */
export function useKeyset<T>(
  key: readonly unknown[],
  fetchPage: (after: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
  /** Looks again this often, in milliseconds, for lists that move by themselves. */
  everyMs?: number,
) {
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: everyMs ?? false,
  })
  return {
    rows: pages.data?.pages.flatMap((one) => one.items),
    error: pages.error,
    retry: () => pages.refetch(),
    more: pages.hasNextPage ? () => pages.fetchNextPage() : undefined,
    moreBusy: pages.isFetchingNextPage,
  }
}
