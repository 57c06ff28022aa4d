import { ActionIcon, Button, SegmentedControl, Select, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Condition } from '../../../server/src/segments/definition.ts'
import { getVocabulary, type Vocabulary } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { type Draft, fresh, type NewKind, starters } from './conditions.ts'
import { EventSentence } from './event-sentence.tsx'
import { conditionSentence } from './say.ts'
import style from './segments.module.css'
import { TraitSentence } from './trait-sentence.tsx'

const text = words({
  lead: { ko: '아래 조건을', en: 'Customers who meet' },
  all: { ko: '모두 만족', en: 'all of these' },
  any: { ko: '하나라도 만족', en: 'any of these' },
  tail: { ko: '하는 고객', en: '' },
  join: { ko: '조건을 잇는 방법', en: 'How conditions join' },
  addEvent: { ko: '행동 조건', en: 'Behaviour' },
  addTrait: { ko: '특성 조건', en: 'Trait' },
  addMember: { ko: '회원 여부', en: 'Member or not' },
  remove: { ko: '이 조건 지우기', en: 'Remove this condition' },
  is: { ko: '손님이', en: 'They are' },
  member: { ko: '회원이에요', en: 'a member' },
  anonymous: { ko: '아직 가입하지 않았어요', en: 'not signed up yet' },
  grouped: {
    ko: 'API로 만든 묶음이에요. 여기서는 지울 수만 있어요.',
    en: 'A group made by the API; here it can only be removed.',
  },
  carted: { ko: '담고 사지 않은 손님', en: 'Carted, did not buy' },
  lapsed: { ko: '30일 넘게 안 산 회원', en: 'Members quiet for 30 days' },
  looked: { ko: '여러 번 보기만 한 손님', en: 'Looked often, did not buy' },
  start: {
    ko: '조건을 하나 고르면 시작해요. 행동(담기, 주문, 검색), 특성(등급, 지역), 회원 여부를 섞을 수 있어요.',
    en: 'Pick a first condition. Behaviour (carts, orders, searches), traits (grade, city) and membership can be mixed.',
  },
})

type Props = { readonly draft: Draft; readonly change: (draft: Draft) => void }

/** The group's conditions, a sentence each. */
export function Conditions({ draft, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const vocabulary = useQuery({
    queryKey: ['segments', 'vocabulary'],
    queryFn: ({ signal }) => getVocabulary(signal),
    staleTime: 60_000,
  })
  const known = {
    event: vocabulary.data?.events.some((one) => one.name === 'Product Added')
      ? 'Product Added'
      : (vocabulary.data?.events[0]?.name ?? 'Product Added'),
    trait: vocabulary.data?.traits[0]?.path ?? 'grade',
  }
  const put = (at: number, condition: Condition | undefined) =>
    change({
      ...draft,
      conditions: draft.conditions.flatMap((one, index) =>
        index === at ? (condition ? [condition] : []) : [one],
      ),
    })
  const add = (kind: NewKind) =>
    change({ ...draft, conditions: [...draft.conditions, fresh(kind, known)] })
  const adds = [
    ['event', said.addEvent],
    ['trait', said.addTrait],
    ['member', said.addMember],
  ] as const
  return (
    <>
      <div className={style.lead} style={{ paddingBottom: 16 }}>
        <span>{said.lead}</span>
        <SegmentedControl
          size="sm"
          aria-label={said.join}
          data={[
            { value: 'all', label: said.all },
            { value: 'any', label: said.any },
          ]}
          value={draft.join}
          onChange={(join) => change({ ...draft, join: join as Draft['join'] })}
        />
        {language === 'ko' && <span>{said.tail}</span>}
      </div>
      {draft.conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name of its own, only its place
        <div key={at} className={style.condition}>
          <div className={style.sentence}>
            <Sentence
              condition={condition}
              vocabulary={vocabulary.data}
              change={(next) => put(at, next)}
            />
          </div>
          <Tooltip label={said.remove}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={said.remove}
              onClick={() => put(at, undefined)}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      {draft.conditions.length === 0 && (
        <div style={{ paddingBottom: 16 }}>
          <p className={style.hint}>{said.start}</p>
          <div className={style.lead} style={{ marginTop: 12 }}>
            {(['carted', 'lapsed', 'looked'] as const).map((name) => (
              <Button
                key={name}
                variant="light"
                onClick={() => change({ join: 'all', conditions: starters[name] })}
              >
                {said[name]}
              </Button>
            ))}
          </div>
        </div>
      )}
      <div className={style.adds}>
        {adds.map(([kind, label]) => (
          <Button
            key={kind}
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => add(kind)}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  )
}

type SentenceProps = {
  readonly condition: Condition
  readonly vocabulary: Vocabulary | undefined
  readonly change: (condition: Condition) => void
}

function Sentence({ condition, vocabulary, change }: SentenceProps) {
  const said = useWords(text)
  const language = useLanguage()
  switch (condition.kind) {
    case 'event':
      return <EventSentence condition={condition} vocabulary={vocabulary} change={change} />
    case 'trait':
      return <TraitSentence condition={condition} vocabulary={vocabulary} change={change} />
    case 'member':
      return (
        <>
          <span>{said.is}</span>
          <Select
            aria-label={said.addMember}
            allowDeselect={false}
            w={220}
            data={[
              { value: 'member', label: said.member },
              { value: 'anonymous', label: said.anonymous },
            ]}
            value={condition.is}
            onChange={(is) => change({ kind: 'member', is: is === 'anonymous' ? is : 'member' })}
          />
        </>
      )
    case 'all':
    case 'any':
    case 'not':
      return (
        <div>
          <div>{conditionSentence(condition, language)}</div>
          <div className={style.hint}>{said.grouped}</div>
        </div>
      )
  }
}
