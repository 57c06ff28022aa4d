import { Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getUnderWay } from '../api/runs.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { people } from '../design/format.ts'
import style from './runs.module.css'

const text = words({
  ask: {
    ko: (n: string) => `지금 참여 중인 ${n}은 어떻게 할까요?`,
    en: (n: string) => `What becomes of the ${n} who are in it now?`,
  },
  stay: { ko: '들어온 때의 내용으로 마치기', en: 'They finish as they began' },
  staySays: {
    ko: '바뀐 내용은 지금부터 들어오는 고객에게만 쓰여요.',
    en: 'What is new is for people who enter from now on.',
  },
  move: { ko: '바뀐 내용으로 옮기기', en: 'They go on with what is new' },
  moveSays: {
    ko: '서 있던 단계에서 이어지고, 기다린 시간도 그대로예요. 없어진 단계에 있던 고객은 여기서 끝나요.',
    en: 'They go on from their step with the time already waited; whoever stands on a step that is gone ends here.',
  },
})

export type Moving = 'stay' | 'move'

/** Asks what becomes of the people under way when changes are published; nothing where nobody is. */
export function MovingChoice({
  campaign,
  moving,
  choose,
}: {
  readonly campaign: number
  readonly moving: Moving
  readonly choose: (moving: Moving) => void
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { data } = useQuery({
    queryKey: ['campaigns', 'under-way', campaign],
    queryFn: ({ signal }) => getUnderWay(campaign, signal),
  })
  if (!data || data.people === 0) return null
  return (
    <Radio.Group
      label={said.ask(people(data.people, language))}
      value={moving}
      onChange={(value) => choose(value === 'move' ? 'move' : 'stay')}
    >
      <div className={style.choice}>
        <Radio value="stay" label={said.stay} description={said.staySays} />
        <Radio value="move" label={said.move} description={said.moveSays} />
      </div>
    </Radio.Group>
  )
}
