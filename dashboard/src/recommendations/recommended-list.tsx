import { ways } from '../../../server/src/recommendations/ways.ts'
import type { Recommended } from '../api/recommendations.ts'
import { useLanguage } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Thumb } from '../catalog/thumb.tsx'
import { money } from '../design/format.ts'
import { Tag } from '../design/states.tsx'
import style from './recommendations.module.css'

/** Products as they would be shown, each with the way that found it and why. */
export function RecommendedList({ items }: { readonly items: readonly Recommended[] }) {
  const language = useLanguage()
  const { shop } = useSession()
  return (
    <ol className={style.products}>
      {items.map((one) => (
        <li key={one.product} className={style.product}>
          <Thumb url={one.imageUrl} />
          <div>
            <div className={style.name}>{one.name}</div>
            <div className={style.price}>
              <Price item={one} currency={one.currency ?? shop.currency} />
              {one.category && <span className={style.category}>{one.category}</span>}
            </div>
            <p className={style.why}>
              <Tag>{ways[one.strategy].name[language]}</Tag> {one.why[language]}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Price({ item, currency }: { readonly item: Recommended; readonly currency: string }) {
  const language = useLanguage()
  const { price, salePrice } = item
  if (salePrice === null) return price === null ? null : money(price, currency, language)
  return (
    <>
      {money(salePrice, currency, language)}{' '}
      {price !== null && <s className={style.category}>{money(price, currency, language)}</s>}
    </>
  )
}
