import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { EmailContent } from '../../../server/src/messages/content.ts'
import { type MailPreview, previewMail } from '../api/campaigns.ts'
import { problemIn } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { MailFrame } from '../design/mail-frame.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bone } from '../design/states.tsx'
import style from './campaigns.module.css'
import { Problems } from './problems.tsx'
import { flowOfMessage, isDrawable, type ShownMessage } from './shown-message.ts'
import { TestSend } from './test-send.tsx'

const text = words({
  title: { ko: '받는 사람이 보는 모습', en: 'What the reader sees' },
  phone: { ko: '휴대폰', en: 'Phone' },
  desktop: { ko: '컴퓨터', en: 'Desktop' },
  size: { ko: '보는 크기', en: 'Size' },
  light: { ko: '밝게', en: 'Light' },
  dark: { ko: '어둡게', en: 'Dark' },
  scheme: { ko: '보는 밝기', en: 'Light or dark' },
  wrong: {
    ko: '문구를 완성하지 못했어요. 값의 괄호가 맞는지 확인해 주세요.',
    en: 'The text could not be completed. Check the braces of its values.',
  },
})

export type MailDrawn = UseQueryResult<MailPreview>

/** What is looked at: a message of a flow, with the values of a customer or of a sample. */
export type Looked = {
  readonly flow: Flow
  readonly message: ShownMessage | undefined
  readonly customer?: number | undefined
}

/** The message with somebody's values, a moment after the last keystroke. */
export function useMail(campaign: number, looked: Looked): MailDrawn {
  const { nature, trigger } = looked.flow
  const asked = { nature, trigger, message: looked.message, customer: looked.customer }
  const known = JSON.stringify(asked)
  const [settled] = useDebouncedValue(known, 500)
  const { message, customer } = JSON.parse(settled) as typeof asked
  return useQuery({
    queryKey: ['campaigns', 'preview', campaign, settled],
    queryFn: async ({ signal }) => {
      if (!message || !isDrawable(message)) throw new Error('The message is not filled in.')
      const draft = flowOfMessage(looked.flow, message)
      return await previewMail(campaign, { draft, customer }, signal)
    },
    placeholderData: keepPreviousData,
    enabled: message !== undefined,
    retry: false,
  })
}

type Props = {
  readonly mail: MailDrawn
  readonly flow: Flow
  readonly content: EmailContent
}

export function MailView({ mail, flow, content }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [size, setSize] = useState('desktop')
  const [scheme, setScheme] = useState<'light' | 'dark'>('light')
  return (
    <div className={style.sticky}>
      <div className={style.inline} style={{ justifyContent: 'space-between', marginBottom: 10 }}>
        <span className={style.stepTitle}>{said.title}</span>
        <span className={style.inline}>
          <TestSend flow={flow} content={content} />
          <SegmentedControl
            size="xs"
            aria-label={said.scheme}
            data={[
              { value: 'light', label: said.light },
              { value: 'dark', label: said.dark },
            ]}
            value={scheme}
            onChange={(value) => setScheme(value === 'dark' ? 'dark' : 'light')}
          />
          <SegmentedControl
            size="xs"
            aria-label={said.size}
            data={[
              { value: 'desktop', label: said.desktop },
              { value: 'phone', label: said.phone },
            ]}
            value={size}
            onChange={setSize}
          />
        </span>
      </div>
      {mail.error && (
        <p role="alert" className={style.problem}>
          {said.wrong} {problemSentence(problemIn(mail.error), language)}
        </p>
      )}
      <Problems problems={mail.data?.problems} />
      <div className={`${style.mail} ${size === 'phone' ? style.phone : ''}`}>
        <div className={style.mailHead}>
          <div className={style.mailFrom}>{shop.name}</div>
          <div className={style.mailSubject}>{mail.data?.subject ?? <Bone width="70%" />}</div>
        </div>
        {mail.data ? (
          <MailFrame html={mail.data.html} title={said.title} least={420} scheme={scheme} />
        ) : (
          <div style={{ padding: 24 }}>
            <Bone height={380} />
          </div>
        )}
      </div>
    </div>
  )
}
