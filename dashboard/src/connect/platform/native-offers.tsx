import { useQuery } from '@tanstack/react-query'
import { listNative, type NativeOffer } from '../../api/connections.ts'
import { useWords, words } from '../../app/language.ts'
import { Bones, Failure, Tag } from '../../design/states.tsx'
import style from '../../settings/settings.module.css'

const text = words({
  title: { ko: '카페24가 스스로 하는 것', en: 'What Cafe24 does by itself' },
  note: {
    ko: '같은 때에 캠페인 쿠폰까지 나가면 할인을 두 번 주게 돼요. 하나만 켜 두세요.',
    en: 'A campaign with a coupon at the same moment gives the discount twice. Keep one of them on.',
  },
  none: { ko: '자동으로 발급하는 쿠폰이 없어요.', en: 'No coupons are given automatically.' },
  messages: { ko: '자동 메시지', en: 'Automatic messages' },
  messagesNote: {
    ko: '어떤 문구가 나가는지는 카페24 관리자에서만 볼 수 있어요.',
    en: 'Which texts go out can only be seen in the admin of Cafe24.',
  },
  on: { ko: '켜져 있어요', en: 'On' },
  off: { ko: '꺼져 있어요', en: 'Off' },
  join: { ko: '회원 가입', en: 'Joining' },
  birthday: { ko: '생일', en: 'Birthday' },
  first_purchase: { ko: '첫 구매', en: 'First purchase' },
  not_bought: { ko: '한동안 구매 없음', en: 'Not bought for a while' },
  order: { ko: '주문', en: 'Order' },
  delivery: { ko: '배송 완료', en: 'Delivered' },
  review: { ko: '후기 작성', en: 'Review' },
  sms: { ko: '문자', en: 'Text messages' },
  alimtalk: { ko: '알림톡', en: 'Alimtalk' },
  push: { ko: '푸시', en: 'Push' },
})
const known = [
  'join',
  'birthday',
  'first_purchase',
  'not_bought',
  'order',
  'delivery',
  'review',
  'sms',
  'alimtalk',
  'push',
] as const

/** Coupons and messages of the platform's own, so that nobody pays twice. */
export function NativeOffers({ connection }: { readonly connection: number }) {
  const said = useWords(text)
  const native = useQuery({
    queryKey: ['connections', connection, 'native'],
    queryFn: ({ signal }) => listNative(connection, signal),
    staleTime: 300_000,
  })
  if (native.error) return <Failure error={native.error} retry={() => native.refetch()} />
  if (!native.data) return <Bones lines={2} />
  const coupons = native.data.items.filter(({ kind }) => kind === 'coupon')
  const messages = native.data.items.filter(({ kind }) => kind === 'message')
  return (
    <div>
      <div className={style.label}>{said.title}</div>
      <p className={style.note}>{coupons.length === 0 ? said.none : said.note}</p>
      <Offers items={coupons} />
      {messages.length > 0 && (
        <>
          <p className={style.note}>
            {said.messages}. {said.messagesNote}
          </p>
          <Offers items={messages} />
        </>
      )}
    </div>
  )
}

function Offers({ items }: { readonly items: readonly NativeOffer[] }) {
  const said = useWords(text)
  if (items.length === 0) return null
  return (
    <ul className={style.plain}>
      {items.map(({ id, kind, name, when, isOn }) => {
        const named = known.find((one) => one === when)
        const moment = named ? said[named] : when
        return (
          <li key={`${kind}:${id}`}>
            {kind === 'coupon' ? `${name} · ${moment}` : moment}{' '}
            <Tag meaning={isOn ? 'attention' : 'quiet'}>{isOn ? said.on : said.off}</Tag>
          </li>
        )
      })}
    </ul>
  )
}
