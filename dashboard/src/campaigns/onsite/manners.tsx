import { Button, ColorInput, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core'
import {
  type OnsiteContent,
  rests,
  restsOfAsking,
} from '../../../../server/src/messages/onsite/content.ts'
import { useWords, words } from '../../app/language.ts'
import style from './onsite.module.css'

const text = words({
  asks: { ko: '무엇을 권하나요', en: 'What it asks people to do' },
  nothing: { ko: '특별히 권하지 않아요', en: 'Nothing in particular' },
  signup: { ko: '가입', en: 'To join' },
  consent: { ko: '광고 수신동의', en: 'To agree to advertising' },
  asksNote: {
    ko: '거절하면 같은 것을 권하는 메시지는 그 고객의 모든 기기에서 쉬어요. 법에 따라 7일보다 짧게 쉬게 할 수 없어요.',
    en: 'A refusal counts for all messages that ask the same, on all their devices, for a week at least by law.',
  },
  refuse: { ko: '거절 버튼 글씨', en: 'Words to refuse' },
  rests: { ko: '보지 않기 (두 개까지)', en: 'Ways to silence it (two at most)' },
  today: { ko: '오늘 하루 보지 않기', en: 'Not today' },
  '7d': { ko: '7일간 보지 않기', en: 'Not for 7 days' },
  '30d': { ko: '30일간 보지 않기', en: 'Not for 30 days' },
  never: { ko: '다시 보지 않기', en: 'Never again' },
  language: { ko: '닫기 같은 말의 언어', en: 'Language of its own words' },
  ko: { ko: '한국어', en: 'Korean' },
  en: { ko: '영어', en: 'English' },
  look: { ko: '밝기', en: 'Light or dark' },
  light: { ko: '밝게', en: 'Light' },
  dark: { ko: '어둡게', en: 'Dark' },
  color: { ko: '버튼 색', en: 'Colour of buttons' },
  background: { ko: '바탕색', en: 'Background' },
  ofBrand: { ko: '브랜드 색 그대로', en: 'As the brand' },
  backToBrand: { ko: '브랜드 색으로 되돌리기', en: 'Back to the brand’s colours' },
})

type Props = {
  readonly content: OnsiteContent
  readonly change: (content: OnsiteContent) => void
}

/** What it asks, how it is refused and silenced, and how it looks. */
export function Manners({ content, change }: Props) {
  const said = useWords(text)
  const allowed: readonly OnsiteContent['rests'][number][] =
    content.asks === 'nothing' ? rests : restsOfAsking
  const askable = ['nothing', 'signup', 'consent'] as const
  return (
    <>
      <Select
        label={said.asks}
        description={content.asks === 'nothing' ? undefined : said.asksNote}
        allowDeselect={false}
        data={askable.map((value) => ({ value, label: said[value] }))}
        value={content.asks}
        onChange={(value) => {
          const asks = askable.find((one) => one === value)
          if (!asks) return
          const kept = content.rests.filter((one) => asks === 'nothing' || one !== 'today')
          change({ ...content, asks, rests: kept.length > 0 ? kept : ['7d'] })
        }}
      />
      <TextInput
        label={said.refuse}
        maxLength={40}
        value={content.refuse}
        onChange={(event) => change({ ...content, refuse: event.currentTarget.value })}
      />
      <MultiSelect
        label={said.rests}
        maxValues={2}
        data={allowed.map((value) => ({ value, label: said[value] }))}
        value={content.rests}
        onChange={(chosen) =>
          change({ ...content, rests: rests.filter((one) => chosen.includes(one)) })
        }
      />
      <Look content={content} change={change} />
      <Select
        label={said.language}
        allowDeselect={false}
        data={(['ko', 'en'] as const).map((value) => ({ value, label: said[value] }))}
        value={content.language}
        onChange={(value) => change({ ...content, language: value === 'en' ? 'en' : 'ko' })}
      />
    </>
  )
}

function Look({ content, change }: Props) {
  const said = useWords(text)
  const { scheme, color, background } = content.look
  const isColour = (value: string) => /^#[0-9a-f]{6}$/i.test(value)
  const put = (name: 'color' | 'background', value: string) => {
    if (isColour(value)) change({ ...content, look: { ...content.look, [name]: value } })
  }
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={said.look}
        data={(['light', 'dark'] as const).map((value) => ({ value, label: said[value] }))}
        value={scheme}
        onChange={(value) =>
          change({ ...content, look: { scheme: value === 'dark' ? 'dark' : 'light' } })
        }
      />
      <div className={style.pair}>
        <ColorInput
          withEyeDropper={false}
          label={said.color}
          placeholder={said.ofBrand}
          value={color ?? ''}
          onChangeEnd={(value) => put('color', value)}
        />
        <ColorInput
          withEyeDropper={false}
          label={said.background}
          placeholder={said.ofBrand}
          value={background ?? ''}
          onChangeEnd={(value) => put('background', value)}
        />
      </div>
      {(color || background) && (
        <div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => change({ ...content, look: { scheme } })}
          >
            {said.backToBrand}
          </Button>
        </div>
      )}
    </>
  )
}
