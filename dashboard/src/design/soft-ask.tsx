import { useWords, words } from '../app/language.ts'
import style from './soft-ask.module.css'

const text = words({
  label: { ko: '상점 페이지 아래에 뜨는 창', en: 'A card at the bottom of the shop’s page' },
  title: { ko: '새 소식을 알림으로 받아 보시겠어요?', en: 'Get our news as notifications?' },
  text: {
    ko: '할인, 쿠폰 같은 광고성 정보를 이 브라우저로 보내드려요. 브라우저의 설정 > 알림에서 언제든 끌 수 있어요.',
    en: 'We send advertising such as discounts and coupons to this browser. Turn it off at any time under Settings > Notifications.',
  },
  yes: { ko: '알림 받기', en: 'Notify me' },
  no: { ko: '받지 않기', en: 'No thanks' },
  later: { ko: '30일간 보지 않기', en: 'Not for 30 days' },
})

/** The SDK's question before the browser's own, as a picture: nothing in it can be pressed. */
export function SoftAsk() {
  const said = useWords(text)
  return (
    <figure className={style.page} aria-label={said.label}>
      <div className={style.card}>
        <div className={style.title}>{said.title}</div>
        <p>{said.text}</p>
        <div className={style.row}>
          <span>{said.no}</span>
          <span>{said.yes}</span>
        </div>
        <div className={style.later}>{said.later}</div>
      </div>
    </figure>
  )
}
