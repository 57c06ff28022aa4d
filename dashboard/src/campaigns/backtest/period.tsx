import { useLanguage } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { day } from '../../design/format.ts'

/** Which days somebody lived through again, by the shop's clocks. */
export function Period({ of }: { readonly of: { readonly from: number; readonly to: number } }) {
  const language = useLanguage()
  const { shop } = useSession()
  return <>{periodOf(of, { timeZone: shop.timeZone, language })}</>
}

/** The same as text. */
export function periodOf(
  { from, to }: { readonly from: number; readonly to: number },
  when: Parameters<typeof day>[1],
): string {
  return `${day(from, when)} ~ ${day(to, when)}`
}
