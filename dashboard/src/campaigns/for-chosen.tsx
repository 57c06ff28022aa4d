import { Link } from 'wouter'
import { useWords, words } from '../app/language.ts'

const text = words({
  chosen: {
    ko: (n: number) => `고른 상품에만 쓰는 캠페인 ${n}개`,
    en: (n: number) =>
      n === 1 ? '1 campaign for chosen products alone' : `${n} campaigns for chosen products alone`,
  },
})

/** How many campaigns speak only of products that were chosen for them; nothing for none. */
export function ForChosen({ count, look }: Props) {
  const said = useWords(text)
  if (count === 0) return null
  return (
    <Link href="/campaigns" className={look ?? ''}>
      {said.chosen(count)}
    </Link>
  )
}
type Props = {
  readonly count: number
  /** Class of the link. */
  readonly look: string | undefined
}
