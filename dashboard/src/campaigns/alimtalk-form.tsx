import { Button, Select, Textarea } from '@mantine/core'
import { useRef } from 'react'
import type { Nature } from '../../../server/src/messages/content.ts'
import type { AlimtalkContent, KakaoContent } from '../../../server/src/messages/kakao/content.ts'
import type { AlimtalkTemplate, AlimtalkTemplates, TemplateStatus } from '../api/kakao.ts'
import { useWords, words } from '../app/language.ts'
import style from './kakao.module.css'
import { inserted, ValueMenu, values } from './value-menu.tsx'

const text = words({
  template: { ko: '템플릿', en: 'Template' },
  choose: { ko: '승인된 템플릿 고르기', en: 'Choose an approved template' },
  none: {
    ko: '쓸 수 있는 템플릿이 없어요. 발송 대행사에서 검수를 마치면 여기에 나타나요.',
    en: 'No template can be used yet. They appear here once the provider has approved them.',
  },
  waiting: { ko: '검수 중', en: 'being inspected' },
  rejected: { ko: '반려', en: 'rejected' },
  stopped: { ko: '중지', en: 'stopped' },
  gone: {
    ko: '고른 템플릿을 지금은 쓸 수 없어요. 다른 템플릿을 골라 주세요.',
    en: 'The chosen template cannot be used now. Choose another.',
  },
  values: { ko: '템플릿의 빈자리', en: 'Blanks of the template' },
  valuesNote: {
    ko: '빈자리 말고는 한 글자도 바꿀 수 없어요. 승인된 문구와 다르면 카카오가 보내 주지 않아요.',
    en: 'Nothing but the blanks can be changed: Kakao refuses what differs from the approved text.',
  },
  empty: { ko: '넣을 값을 정해 주세요.', en: 'Say what goes in here.' },
  advertising: {
    ko: '이 캠페인은 광고성이라서 알림톡으로 보낼 수 없어요(정보통신망법 제50조, 카카오 알림톡 운영 정책). 채널 친구에게는 브랜드 메시지로, 그 밖의 분께는 문자(LMS)로 보내 주세요.',
    en: 'This campaign advertises, so it cannot go by Alimtalk (Network Act, article 50; Kakao’s policy). Use a Brand Message for friends of the channel, a text message (LMS) for others.',
  },
  toBrand: { ko: '브랜드 메시지로 쓰기', en: 'Write a Brand Message' },
})

type Props = {
  readonly content: AlimtalkContent
  readonly nature: Nature
  readonly known: AlimtalkTemplates
  readonly change: (content: KakaoContent) => void
  readonly toBrand: () => void
}

/** An approved template and what goes into its blanks. */
export function AlimtalkForm({ content, nature, known, change, toBrand }: Props) {
  const said = useWords(text)
  const keyOf = ({ profile, code }: Pick<AlimtalkTemplate, 'profile' | 'code'>) =>
    `${profile} ${code}`
  const chosen = known.templates.find(
    (one) => one.profile === content.profile && one.code === content.template,
  )
  const says = (status: TemplateStatus) => (status === 'approved' ? '' : ` (${said[status]})`)
  const put = (name: string, value: string) =>
    change({ ...content, variables: { ...content.variables, [name]: value } })
  const choose = (key: string | null) => {
    const next = known.templates.find((one) => keyOf(one) === key)
    if (!next) return
    const variables = Object.fromEntries(
      next.variables.map((name) => [name, content.variables[name] ?? guessed(name)]),
    )
    change({ ...content, profile: next.profile, template: next.code, variables })
  }
  const usable = known.templates.some((one) => one.status === 'approved')
  const isGone = content.template !== '' && chosen?.status !== 'approved'
  return (
    <>
      {nature.purpose === 'advertising' && (
        <div className={style.refused} role="alert">
          <span>{said.advertising}</span>
          <Button size="compact-sm" variant="default" onClick={toBrand}>
            {said.toBrand}
          </Button>
        </div>
      )}
      <Select
        label={said.template}
        placeholder={said.choose}
        description={usable ? undefined : said.none}
        searchable
        allowDeselect={false}
        data={known.templates.map((one) => ({
          value: keyOf(one),
          label: `${one.name}${says(one.status)}`,
          disabled: one.status !== 'approved',
        }))}
        value={chosen ? keyOf(chosen) : null}
        error={isGone ? said.gone : undefined}
        onChange={choose}
      />
      {chosen && chosen.variables.length > 0 && (
        <fieldset className={style.blanks}>
          <legend className={style.legend}>{said.values}</legend>
          <p className={style.note}>{said.valuesNote}</p>
          {chosen.variables.map((name) => (
            <Blank
              key={name}
              name={name}
              value={content.variables[name] ?? ''}
              put={(value) => put(name, value)}
            />
          ))}
        </fieldset>
      )}
    </>
  )
}

type BlankProps = {
  readonly name: string
  readonly value: string
  readonly put: (value: string) => void
}

function Blank({ name, value, put }: BlankProps) {
  const said = useWords(text)
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <div>
      <Textarea
        ref={field}
        label={`#{${name}}`}
        autosize
        minRows={1}
        maxRows={6}
        value={value}
        error={value.trim() === '' ? said.empty : undefined}
        onChange={(event) => put(event.currentTarget.value)}
      />
      <ValueMenu offers={values} insert={(token) => put(inserted(value, token, field.current))} />
    </div>
  )
}

// What a blank's name all but says; the marketer sees it and may change it.
const guesses: readonly (readonly [RegExp, string])[] = [
  [/^(이름|고객명|고객|회원명|name)$/i, "{{ customer.name | default: '고객' }}"],
  [/^(상점|상점명|쇼핑몰|쇼핑몰명|shop)$/i, '{{ shop.name }}'],
  [/^(상품|상품명|product)$/i, '{{ cart.items[0].name }}'],
  [/^(금액|결제금액|결제 금액)$/, '{{ cart.total | krw }}'],
]

function guessed(name: string): string {
  return guesses.find(([known]) => known.test(name))?.[1] ?? ''
}
