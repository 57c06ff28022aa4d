import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { drawMany, type OnePreview } from '../../api/previews.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { count, dayAndTime, money } from '../../design/format.ts'
import { Bones, Failure, Tag } from '../../design/states.tsx'
import { pageSizes, Stage } from '../onsite/stage.tsx'
import { flowOfMessage, isDrawable, type ShownMessage } from '../shown-message.ts'
import { unready } from '../unready.ts'
import style from './many-previews.module.css'

const text = words({
  title: { ko: '여러 고객으로 보기', en: 'Seen for many customers' },
  about: {
    ko: '지금 보낼 차례가 온다면 이렇게 돼요. 실제 고객과 상점에서 흔히 생기는 경우를 넣었어요. 아무에게도 보내지 않아요.',
    en: 'What would happen now, for real customers and for what happens in every shop. Nothing is sent.',
  },
  aboutPage: {
    ko: '지금 보여줄 차례가 온다면 이렇게 돼요. 실제 고객과 상점에서 흔히 생기는 경우를 넣었어요. 아무에게도 보여주지 않아요.',
    en: 'What would be shown now, to real customers and in what happens in every shop. Nobody sees it.',
  },
  unnamed: { ko: '이름 모름', en: 'no name' },
  bytes: { ko: (n: string) => `${n}바이트`, en: (n: string) => `${n} bytes` },
  letters: { ko: (n: string) => `${n}자`, en: (n: string) => `${n} letters` },
  free: { ko: '무료', en: 'free' },
  noPrice: { ko: '단가 모름', en: 'price unknown' },
  now: { ko: '바로 보내요', en: 'goes at once' },
  at: { ko: (when: string) => `${when}에 보내요`, en: (when: string) => `goes ${when}` },
  turns: {
    ko: (usual: string, form: string) => `${usual}가 ${form}로 바뀌어요`,
    en: (usual: string, form: string) => `${usual} becomes ${form}`,
  },
  shownNow: { ko: '그 순간 보여요', en: 'is shown at that moment' },
  empty: { ko: '그리지 못했어요', en: 'Could not be drawn' },
})

const caseNames = words({
  longest: { ko: '가장 긴 실제 고객', en: 'Longest, a real customer' },
  shortest: { ko: '가장 짧은 실제 고객', en: 'Shortest, a real customer' },
  latest: { ko: '방금 왔다 간 실제 고객', en: 'Seen last, a real customer' },
  one_product: { ko: '상품 하나', en: 'One product' },
  two_products: { ko: '상품 둘', en: 'Two products' },
  many_products: { ko: '상품 스무 개', en: 'Twenty products' },
  long_product: { ko: '상품 이름이 길 때', en: 'A long product name' },
  no_price: { ko: '가격과 그림이 없을 때', en: 'No price or picture' },
  empty_cart: { ko: '장바구니가 비었을 때', en: 'An empty cart' },
  no_name: { ko: '이름을 모를 때', en: 'No name' },
  odd_name: { ko: '이름에 이모지가 있을 때', en: 'An emoji in the name' },
  night: { ko: '밤 10시 30분 차례', en: 'At 22:30' },
  sold_out: { ko: '상품이 품절일 때', en: 'Sold out' },
  not_sold: { ko: '더는 팔지 않을 때', en: 'No longer sold' },
  coupon_gone: { ko: '쿠폰이 다 나갔을 때', en: 'The coupon has run out' },
  no_consent: { ko: '수신에 동의하지 않았을 때', en: 'No consent' },
  opted_out: { ko: '수신을 거부했을 때', en: 'Opted out' },
  no_contact: { ko: '연락처가 없을 때', en: 'No address' },
  capped: { ko: '오늘 이미 받았을 때', en: 'Had one today' },
  held_out: { ko: '대조군일 때', en: 'Held out' },
})

type Props = {
  readonly campaign: number
  readonly flow: Flow
  readonly message: ShownMessage
  readonly close: () => void
}

/** One message for twenty people at once: how it looks, what it costs, when it goes or why not. */
export function ManyPreviews({ campaign, flow, message, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const draft = flowOfMessage(flow, message)
  const drawn = useQuery({
    queryKey: ['campaigns', 'previews', campaign, JSON.stringify(draft)],
    queryFn: ({ signal }) => drawMany(campaign, { draft, step: message.id }, signal),
    enabled: isDrawable(message),
    retry: false,
  })
  const items = drawn.data?.items ?? []
  const onPage = message.content.channel === 'onsite'
  const usual = items.find(({ code }) => code === 'one_product')?.form ?? null
  return (
    <Modal opened onClose={close} title={said.title} size="min(1240px, 96vw)">
      <p className={style.about}>{onPage ? said.aboutPage : said.about}</p>
      {drawn.error && <Failure error={drawn.error} retry={() => drawn.refetch()} />}
      {drawn.isLoading && <Bones lines={8} />}
      {!isDrawable(message) && <p>{unready(message.content)?.[language] ?? said.empty}</p>}
      <ul className={style.grid}>
        {items.map((one) => (
          <Person key={one.code} one={one} usual={usual} />
        ))}
      </ul>
    </Modal>
  )
}

const meanings = {
  send: 'caused',
  held: 'attention',
  refused: 'broken',
  would_send: 'quiet',
} as const

function Person({ one, usual }: { readonly one: OnePreview; readonly usual: string | null }) {
  const said = useWords(text)
  const names = useWords(caseNames)
  const language = useLanguage()
  const { shop } = useSession()
  const { form, verdict, at } = one
  const when = at === null ? '' : dayAndTime(at, { timeZone: shop.timeZone, language })
  const goes =
    verdict === 'send'
      ? one.view
        ? said.shownNow
        : said.now
      : verdict === 'held'
        ? said.at(when)
        : one.why[language]
  const cost =
    one.cost === null
      ? said.noPrice
      : one.cost === 0
        ? said.free
        : money(one.cost, shop.currency, language)
  const isText = form === 'SMS' || form === 'LMS' || form === 'MMS'
  const size = isText
    ? said.bytes(count(one.bytes, language))
    : said.letters(count([...one.text].length, language))
  return (
    <li className={style.one}>
      <div className={style.head}>
        <b>{names[one.code]}</b>
        <span className={style.name}>{one.name ?? said.unnamed}</span>
      </div>
      {one.view && (
        <div className={style.page}>
          <Stage view={one.view} title={names[one.code]} {...pageSizes.phone} />
        </div>
      )}
      {!one.view && <Bubble one={one} />}
      <div className={style.facts}>
        {form && <b>{form === 'alimtalk' || form === 'brand' ? '' : `${form} · `}</b>}
        {size} · {cost}
      </div>
      {isText && usual && usual !== form && (
        <div className={style.turns}>{said.turns(usual, form)}</div>
      )}
      <Tag meaning={meanings[verdict]}>{goes}</Tag>
      {verdict === 'held' && <div className={style.why}>{one.why[language]}</div>}
    </li>
  )
}

/** The words of a message as they are read. */
function Bubble({ one }: { readonly one: OnePreview }) {
  const said = useWords(text)
  return (
    <div className={style.bubble}>
      {one.subject && <div className={style.subject}>{one.subject}</div>}
      <div className={style.text}>{one.text || (one.subject ? '' : said.empty)}</div>
      {one.kakao?.buttons.map(({ name }) => (
        <span key={name} className={style.button}>
          {name}
        </span>
      ))}
    </div>
  )
}
