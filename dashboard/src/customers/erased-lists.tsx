import { law } from '../../../server/src/messages/law.ts'
import { useWords, words } from '../app/language.ts'
import { RuleNote } from '../design/rule-note.tsx'
import style from './customers.module.css'

const text = words({
  goes: { ko: '지워지는 것', en: 'What goes' },
  who: {
    ko: '이름, 이메일, 전화번호, 회원 번호와 기기의 표시, 특성',
    en: 'Name, e-mail, telephone, member id and devices, traits',
  },
  did: {
    ko: '방문, 검색, 장바구니 같은 행동 기록의 내용',
    en: 'What visits, searches, carts and other events say',
  },
  got: {
    ko: '보낸 메시지에 들어간 이름과 값, 세그먼트와 목록에 든 기록',
    en: 'Names and values in messages, membership of segments and lists',
  },
  gone: { ko: '지운 것', en: 'What went' },
  stays: { ko: '남는 것과 그 이유', en: 'What stays, and why' },
  stayed: { ko: '남은 것과 그 이유', en: 'What stayed, and why' },
  orders: {
    ko: '누구인지 알 수 없는 주문 사실(금액, 상품, 때). 매출 합계가 달라지지 않도록, 그리고 거래 기록 보관 의무 때문이에요.',
    en: 'Facts of orders that name nobody (amount, products, time): totals must not change, and records of trade are kept by law.',
  },
  refusal: {
    ko: '수신 거부는 되돌릴 수 없는 해시로만. 같은 연락처가 다시 들어와도 광고를 보내지 않기 위해서예요.',
    en: 'A refusal, as a hash nobody can turn back: so that the same address gets no advertising if it ever returns.',
  },
  audit: {
    ko: '누가 언제 지웠는지의 감사 기록. 연락처나 이름은 없어요.',
    en: 'The audit log of who erased when; it holds no address or name.',
  },
  elsewhere: {
    ko: '백업 파일과 상점의 다른 시스템, 발송 대행사에 있는 정보는 여기서 지워지지 않아요. 따로 지워 주세요.',
    en: 'Backups, the shop’s other systems and the sending providers are not reached from here; erase there too.',
  },
})

/** What an erasure takes and what it leaves, with the reason for each. */
export function ErasedLists({ done = false }: { readonly done?: boolean }) {
  const said = useWords(text)
  return (
    <div className={style.stack}>
      <section>
        <h3 className={style.listTitle}>{done ? said.gone : said.goes}</h3>
        <ul className={style.plainList}>
          <li>{said.who}</li>
          <li>{said.did}</li>
          <li>{said.got}</li>
        </ul>
        <RuleNote rule={law.erasure} />
      </section>
      <section>
        <h3 className={style.listTitle}>{done ? said.stayed : said.stays}</h3>
        <ul className={style.plainList}>
          <li>
            {said.orders} <RuleNote rule={law.orderRecords} />
          </li>
          <li>
            {said.refusal} <RuleNote rule={law.refusal} />
          </li>
          <li>{said.audit}</li>
        </ul>
      </section>
      <p className={style.detail}>{said.elsewhere}</p>
    </div>
  )
}
