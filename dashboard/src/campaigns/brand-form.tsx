import { SegmentedControl, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Nature } from '../../../server/src/messages/content.ts'
import { composedBrandText } from '../../../server/src/messages/kakao/compose.ts'
import type { BrandContent, Bubble } from '../../../server/src/messages/kakao/content.ts'
import { brandFaults, brandLimits, measured } from '../../../server/src/messages/kakao/limits.ts'
import { asOptOutNumber } from '../../../server/src/messages/sms/opt-out-number.ts'
import { getText } from '../api/text.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count } from '../design/format.ts'
import { BrandButtons } from './brand-buttons.tsx'
import { BrandCoupon } from './brand-coupon.tsx'
import { BrandPicture } from './brand-picture.tsx'
import style from './kakao.module.css'
import { inserted, ValueMenu, values } from './value-menu.tsx'

const text = words({
  bubble: { ko: '말풍선', en: 'Bubble' },
  TEXT: { ko: '텍스트', en: 'Text' },
  IMAGE: { ko: '이미지', en: 'Image' },
  WIDE: { ko: '와이드', en: 'Wide' },
  words: { ko: '본문', en: 'Text' },
  around: {
    ko: '맨 앞에 (광고), 맨 뒤에 보내는 사람과 수신거부 안내가 저절로 붙어요.',
    en: '(광고) is put in front, the sender and the way out behind.',
  },
  aroundWide: {
    ko: '맨 앞에 (광고), 다음 줄에 수신거부 안내가 저절로 붙어요. 본문은 한 줄로 적어 주세요.',
    en: '(광고) is put in front, the way out on the next line. Write one line.',
  },
  empty: { ko: '본문을 적어 주세요.', en: 'Write something.' },
  chars: {
    ko: (now: string, most: string) => `${now} / ${most}자`,
    en: (now: string, most: string) => `${now} of ${most} characters`,
  },
  informational: {
    ko: '브랜드 메시지는 광고예요. 주문·배송 같은 안내는 알림톡으로 보내 주세요.',
    en: 'A Brand Message is an advertisement. Send notices by Alimtalk.',
  },
})

type Props = {
  readonly content: BrandContent
  readonly nature: Nature
  readonly change: (content: BrandContent) => void
}

/** A Brand Message with what Kakao would refuse said beside each field while one writes. */
export function BrandForm({ content, nature, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  // The real phone is put in when it is compiled; this one is as long, and so is the number until it is known.
  const number = useQuery({ queryKey: ['text'], queryFn: ({ signal }) => getText(signal) })
  const whole = composedBrandText(content.bubble, content.text, {
    shopName: shop.name,
    phone: '02-0000-0000',
    optOutNumber: number.data ? asOptOutNumber(number.data.optOutNumber) : '080-000-0000',
  })
  const faults = brandFaults({ ...content, text: whole, hasPicture: content.picture !== null })
  const fault = (name: string) => faults.find((one) => one.field === name)?.[language]
  const limit = brandLimits[content.bubble].chars
  const put = (words: string) => change({ ...content, text: words })
  return (
    <>
      {nature.purpose === 'informational' && (
        <p className={style.refused} role="alert">
          {said.informational}
        </p>
      )}
      <SegmentedControl
        aria-label={said.bubble}
        data={(['TEXT', 'IMAGE', 'WIDE'] as const).map((value) => ({ value, label: said[value] }))}
        value={content.bubble}
        onChange={(bubble) => change(withBubble(content, bubble as Bubble))}
      />
      {content.bubble !== 'TEXT' && (
        <BrandPicture
          bubble={content.bubble}
          picture={content.picture}
          fault={fault('picture')}
          change={(picture) => change({ ...content, picture })}
        />
      )}
      <div>
        <Textarea
          ref={field}
          label={said.words}
          description={content.bubble === 'WIDE' ? said.aroundWide : said.around}
          autosize
          minRows={content.bubble === 'WIDE' ? 2 : 4}
          maxRows={16}
          value={content.text}
          error={content.text.trim() === '' ? said.empty : fault('text')}
          onChange={(event) => put(event.currentTarget.value)}
        />
        <div className={style.under}>
          <ValueMenu
            offers={values}
            insert={(token) => put(inserted(content.text, token, field.current))}
          />
          <span className={style.count}>
            {said.chars(count(measured(whole).chars, language), count(limit, language))}
          </span>
        </div>
      </div>
      <BrandButtons
        bubble={content.bubble}
        buttons={content.buttons}
        hasCoupon={content.coupon !== null}
        fault={fault}
        change={(buttons) => change({ ...content, buttons })}
      />
      <BrandCoupon
        coupon={content.coupon}
        fault={fault}
        change={(coupon) => change({ ...content, coupon })}
      />
    </>
  )
}

/** A picture was cut for one bubble and does not fit the other. */
function withBubble(content: BrandContent, bubble: Bubble): BrandContent {
  return bubble === content.bubble ? content : { ...content, bubble, picture: null }
}
