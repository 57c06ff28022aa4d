import { useQuery } from '@tanstack/react-query'
import {
  getMorning,
  type MorningAnswer,
  previewMorning,
  putMorning,
  testMorning,
} from '../api/morning.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import own from './morning.module.css'
import style from './settings.module.css'
import { placeName, TeamPlaces } from './team-places.tsx'

const text = words({
  title: { ko: '아침 소식', en: 'Morning message' },
  note: {
    ko: '매일 아침 8시 30분에 어제 일을 알려드려요. 월요일에는 지난주를 모아 보내요. 고객의 이름이나 연락처는 담지 않아요.',
    en: 'What happened yesterday, at 08:30 each morning; on Mondays the whole week. No customer’s name or address is in it.',
  },
  saved: {
    ko: '저장했어요. 다음 소식은 8시 30분에 가요.',
    en: 'Saved. The next one goes out at 08:30.',
  },
  off: {
    ko: '저장했어요. 이제 아침 소식을 보내지 않아요.',
    en: 'Saved. No morning message is sent.',
  },
  previewTitle: { ko: '지금 보낸다면', en: 'If it went out now' },
  last: { ko: '최근에 보낸 소식', en: 'The last ones' },
  none: {
    ko: '아직 없어요. 받을 곳을 정하면 다음 날 아침부터 보내요.',
    en: 'None yet. Say where it goes and it begins the next morning.',
  },
  sent: { ko: '보냈어요', en: 'Sent' },
  due: { ko: '다시 보내는 중', en: 'Trying again' },
  failed: { ko: '보내지 못했어요', en: 'Not sent' },
  unconfirmed: { ko: '나갔는지 확인 필요', en: 'Nobody saw it arrive' },
})

/** Where the team's morning message goes, and what it would say. */
export function MorningMessage() {
  const said = useWords(text)
  const known = useQuery({ queryKey: ['morning'], queryFn: ({ signal }) => getMorning(signal) })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  return (
    <div className={style.stack}>
      <Card title={said.title} note={said.note}>
        {known.data ? (
          <TeamPlaces
            key={String(known.data.hasSlack)}
            known={known.data}
            at={['morning']}
            put={(body) => putMorning(body, known.data)}
            test={testMorning}
            roles={['marketer', 'developer']}
            saved={said.saved}
            off={said.off}
          />
        ) : (
          <Bones lines={4} />
        )}
      </Card>
      <Preview />
      {known.data && <Last known={known.data} />}
    </div>
  )
}

function Preview() {
  const said = useWords(text)
  const preview = useQuery({
    queryKey: ['morning', 'preview'],
    queryFn: ({ signal }) => previewMorning(signal),
  })
  return (
    <Card title={said.previewTitle}>
      {preview.error && <Failure error={preview.error} retry={() => preview.refetch()} />}
      {preview.isLoading && <Bones lines={5} />}
      {preview.data && (
        <article className={own.letter}>
          <h3>{preview.data.subject}</h3>
          {preview.data.parts.map(({ title, lines }) => (
            <section key={title}>
              <h4>{title}</h4>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </section>
          ))}
        </article>
      )}
    </Card>
  )
}

function Last({ known }: { readonly known: MorningAnswer }) {
  const said = useWords(text)
  return (
    <Card title={said.last}>
      {known.last.length === 0 ? (
        <p className={style.note}>{said.none}</p>
      ) : (
        <ul className={own.mornings}>
          {known.last.map(({ day, place, state, detail }) => (
            <li key={`${day} ${place.kind} ${place.address}`}>
              <span>{day}</span>
              <span>{placeName(place)}</span>
              <Tag meaning={state === 'sent' ? 'quiet' : 'attention'}>{said[stateOf(state)]}</Tag>
              {detail && <span className={style.note}>{detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function stateOf(state: string): 'sent' | 'due' | 'failed' | 'unconfirmed' {
  if (state === 'sent' || state === 'due' || state === 'failed') return state
  return 'unconfirmed'
}
