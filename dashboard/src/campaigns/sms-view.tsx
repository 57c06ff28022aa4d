import { useDebouncedValue } from '@mantine/hooks'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { SmsContent } from '../../../server/src/messages/sms/content.ts'
import { isSendable } from '../../../server/src/messages/sms/euc-kr.ts'
import type { TextDrawn } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { textPictureAddress } from '../api/text-pictures.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count, people } from '../design/format.ts'
import { Hint } from '../design/hint.tsx'
import { Phone, TextBubble } from '../design/phone.tsx'
import { problemSentence } from '../design/problem-words.ts'
import style from './campaigns.module.css'
import type { MailDrawn } from './mail-view.tsx'
import { Problems } from './problems.tsx'
import { useRoughText } from './rough-text.ts'
import own from './sms.module.css'
import { unsendableIn } from './sms-meter.ts'
import { TestSend } from './test-send.tsx'

const text = words({
  title: { ko: '받는 사람이 보는 모습', en: 'What the reader sees' },
  phone: { ko: '휴대폰에 온 문자', en: 'The message on a phone' },
  when: { ko: '오늘 오전 10:00', en: 'Today 10:00' },
  around: {
    ko: '흐린 글자는 법에 따라 저절로 붙어요.',
    en: 'What is paler is put there for you, as the law asks.',
  },
  sample: { ko: '이 예시', en: 'This example' },
  size: {
    ko: (form: string, bytes: string) => `${form} · ${bytes}바이트`,
    en: (form: string, bytes: string) => `${form} · ${bytes} bytes`,
  },
  price: {
    ko: (won: string) => ` · 한 통에 ${won}원`,
    en: (won: string) => ` · ₩${won} each`,
  },
  worst: { ko: '가장 긴 고객', en: 'The longest' },
  worstHint: {
    ko: (n: string) =>
      `이름이 긴 고객과 최근에 온 고객 ${n}에게 실제 이름과 장바구니를 넣어 세었어요. 이름은 첫 글자만 보여요.`,
    en: (n: string) =>
      `Counted with the real names and carts of ${n}: those with the longest names and those seen last. Names show their first letter only.`,
  },
  forms: { ko: '고객에 따라', en: 'By person' },
  form: {
    ko: (form: string, n: string) => `${form} ${n}`,
    en: (form: string, n: string) => `${form} ${n}`,
  },
  failed: {
    ko: (n: string) => `너무 길어서 못 보내는 고객 ${n}`,
    en: (n: string) => `too long to send: ${n}`,
  },
  renamed: { ko: '이름 대신 고객님', en: 'Greeted without a name' },
  renamedSays: {
    ko: (n: string) => `${n}. 문자로 쓸 수 없는 글자가 이름에 있어요.`,
    en: (n: string) => `${n}, whose names have letters that cannot be sent by text.`,
  },
  nobody: {
    ko: '전화번호를 아는 고객이 아직 없어요.',
    en: 'There is nobody yet whose phone number is known.',
  },
  noPrice: {
    ko: '설정의 문자에 단가를 적으면 비용을 보여드려요.',
    en: 'With unit prices in the settings for SMS, the cost is shown here.',
  },
})

type Props = { readonly mail: MailDrawn; readonly flow: Flow; readonly content: SmsContent }

/** The text message on a phone: at once as it roughly is, a moment later as the server draws it. */
export function SmsView({ mail, flow, content }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [settled] = useDebouncedValue(content, 500)
  const isAd = flow.nature.purpose === 'advertising'
  const rough = useRoughText(content, isAd, mail.data?.sms?.sample)
  const isTrue = settled === content && !mail.isFetching && Boolean(mail.data?.sms)
  const refused = unsendableIn(content).length > 0
  const drawn =
    isTrue && !refused && mail.data?.sms
      ? { ...mail.data, ...mail.data.sms }
      : { ...rough, text: rough.written }
  const label = `(광고)${shop.name}`
  const header = drawn.text.startsWith(label) ? drawn.text.slice(0, label.length + 1) : ''
  const footer = /\n+무료(?:수신거부 |거부)080[\d-]+$/.exec(drawn.text)?.[0] ?? ''
  return (
    <div className={style.sticky}>
      <div className={style.inline} style={{ justifyContent: 'space-between', marginBottom: 10 }}>
        <span className={style.stepTitle}>{said.title}</span>
        <TestSend flow={flow} content={content} />
      </div>
      {mail.error && (
        <p role="alert" className={style.problem}>
          {problemSentence(problemIn(mail.error), language)}
        </p>
      )}
      <Problems problems={mail.data?.problems} />
      <Phone label={said.phone} from={shop.name} when={said.when}>
        <TextBubble
          subject={drawn.form === 'SMS' ? null : drawn.subject}
          text={drawn.text}
          header={header}
          footer={footer}
          wrong={(letter) => !isSendable(letter)}
          {...(content.picture ? { picture: textPictureAddress(content.picture) } : {})}
        />
      </Phone>
      <div className={`${own.facts} ${isTrue || refused ? '' : own.stale}`} aria-live="polite">
        {isAd && <div className={style.stepNote}>{said.around}</div>}
        {mail.data?.sms && <Sizes sms={mail.data.sms} />}
      </div>
    </div>
  )
}

function Sizes({ sms }: { readonly sms: TextDrawn }) {
  const said = useWords(text)
  const language = useLanguage()
  const { sizes, prices } = sms
  const sized = (one: { readonly form: TextDrawn['form']; readonly bytes: number }) => {
    const price = prices[one.form]
    return (
      said.size(one.form, count(one.bytes, language)) +
      (price === null ? '' : said.price(String(price)))
    )
  }
  const forms = (['SMS', 'LMS', 'MMS'] as const).filter((form) => sizes.forms[form] > 0)
  const split = [
    ...forms.map((form) => said.form(form, people(sizes.forms[form], language))),
    ...(sizes.failed > 0 ? [said.failed(people(sizes.failed, language))] : []),
  ]
  return (
    <>
      <dl>
        <dt>{said.sample}</dt>
        <dd>{sized(sms)}</dd>
        {sizes.worst && (
          <>
            <dt>
              {said.worst}{' '}
              <Hint about={said.worst} text={said.worstHint(people(sizes.people, language))} />
            </dt>
            <dd>{sized(sizes.worst)}</dd>
          </>
        )}
        {split.length > 1 && (
          <>
            <dt>{said.forms}</dt>
            <dd>{split.join(' · ')}</dd>
          </>
        )}
        {sizes.renamed > 0 && (
          <>
            <dt>{said.renamed}</dt>
            <dd>{said.renamedSays(people(sizes.renamed, language))}</dd>
          </>
        )}
      </dl>
      {sizes.people === 0 && <div className={style.stepNote}>{said.nobody}</div>}
      {prices.SMS === null && <div className={style.stepNote}>{said.noPrice}</div>}
    </>
  )
}
