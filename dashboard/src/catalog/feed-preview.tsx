import type { FeedPreview } from '../api/feeds.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count, money } from '../design/format.ts'
import { Tag } from '../design/states.tsx'
import { faultNames, fieldNames } from './feed-words.ts'
import style from './products.module.css'
import { Thumb } from './thumb.tsx'

const text = words({
  naver: { ko: '네이버쇼핑 EP', en: 'Naver Shopping EP' },
  google: { ko: '구글 상품 피드', en: 'Google Merchant' },
  own: { ko: '상점의 파일', en: 'The shop’s own file' },
  understood: {
    ko: (what: string, lines: string, encoding: string) =>
      `${what}로 읽었어요. 앞의 ${lines}개를 보았고, 글자는 ${encoding}이에요.`,
    en: (what: string, lines: string, encoding: string) =>
      `Read as ${what}: the first ${lines} were looked at, written in ${encoding}.`,
  },
  mapping: { ko: '이렇게 알아들었어요', en: 'What says what' },
  first: { ko: '처음 상품들', en: 'First products' },
  none: {
    ko: '상품을 하나도 알아듣지 못했어요. 상품 번호·이름·가격 열이 있는지 봐 주세요.',
    en: 'No product was understood. Are there columns for id, name and price?',
  },
  faults: {
    ko: (n: string) => `받지 못할 줄 ${n}개`,
    en: (n: string) => `${n} lines that would be refused`,
  },
  line: {
    ko: (line: string, id: string) => `${line}번째 줄 ${id}`,
    en: (line: string, id: string) => `Line ${line} ${id}`,
  },
})

const encodings = { utf8: 'UTF-8', cp949: 'CP949 (EUC-KR)', utf16le: 'UTF-16' } as const
const faultsShown = 5

/** What was understood of a file before it is taken. */
export function FeedPreviewCard({ seen }: { readonly seen: FeedPreview }) {
  const said = useWords(text)
  const fields = useWords(fieldNames)
  const faults = useWords(faultNames)
  const language = useLanguage()
  const { currency } = useSession().shop
  return (
    <div className={style.form} role="status">
      <strong>
        {said.understood(said[seen.format], count(seen.lines, language), encodings[seen.encoding])}
      </strong>
      <ul className={style.mapping} aria-label={said.mapping}>
        {seen.mapping.map(({ field, column }) => (
          <li key={field}>
            <Tag>
              {fields[field]} ← {column}
            </Tag>
          </li>
        ))}
      </ul>
      {seen.products.length === 0 && <p className={style.bad}>{said.none}</p>}
      <ul className={style.list} aria-label={said.first}>
        {seen.products.map((one) => (
          <li key={one.id} className={style.row}>
            <span className={style.who}>
              <Thumb url={one.imageUrl} />
              <span>
                <span className={style.name}>{one.name}</span>
                <span className={style.sub}>{one.category ?? one.id}</span>
              </span>
            </span>
            <span>
              {one.salePrice !== null && (
                <span className={style.was}>{money(one.price ?? 0, currency, language)}</span>
              )}{' '}
              {money(one.salePrice ?? one.price ?? 0, currency, language)}
            </span>
          </li>
        ))}
      </ul>
      {seen.faults.length > 0 && (
        <div>
          {said.faults(count(seen.faults.length, language))}
          {seen.faults.slice(0, faultsShown).map(({ line, id, fault }) => (
            <span key={line} className={style.sub}>
              {said.line(count(line, language), id)}: {faults[fault]}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
