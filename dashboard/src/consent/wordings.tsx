import { Button, Textarea, TextInput, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keepWording, listWordings, retireWording } from '../api/consents.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { day } from '../design/format.ts'
import { Bones, Failure, Tag } from '../design/states.tsx'
import style from './consent.module.css'

const text = words({
  title: { ko: '동의 문구', en: 'Consent wordings' },
  note: {
    ko: '고객이 실제로 본 문구를 그대로 적어 두면, 동의 기록이 어떤 글에 대한 것인지 증명할 수 있어요. 회원가입 폼에서 동의를 보낼 때 번호를 함께 보내 주세요.',
    en: 'Keep the exact words people saw, so that each consent can be shown to rest on them. Send the id along with the consent from your forms.',
  },
  id: { ko: '번호', en: 'Id' },
  words: { ko: '문구', en: 'Words' },
  since: { ko: '적은 날', en: 'Since' },
  retired: { ko: '더 쓰지 않음', en: 'Retired' },
  retire: { ko: '그만 쓰기', en: 'Retire' },
  none: { ko: '아직 적어 둔 문구가 없어요.', en: 'No wordings yet.' },
  name: { ko: '이름', en: 'Name' },
  nameHint: { ko: '예: 회원가입 이메일 수신동의', en: 'e.g. sign-up, e-mail' },
  exact: { ko: '고객에게 보이는 문구 그대로', en: 'The exact words people see' },
  keep: { ko: '문구 적어 두기', en: 'Keep this wording' },
})

/** The exact words people agreed to; forms name them by id. */
export function WordingsCard() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const kept = useQuery({
    queryKey: ['consents', 'wordings'],
    queryFn: ({ signal }) => listWordings(signal),
  })
  const retiring = useMutation({
    mutationFn: retireWording,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consents', 'wordings'] }),
  })
  if (kept.error) return <Failure error={kept.error} retry={() => kept.refetch()} />
  const items = kept.data?.items
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.form}>
        {!items && <Bones lines={3} />}
        {items?.length === 0 && <p className={style.text}>{said.none}</p>}
        {items && items.length > 0 && (
          <div className={style.scroll}>
            <table className={style.table}>
              <thead>
                <tr>
                  <th scope="col">{said.id}</th>
                  <th scope="col">{said.words}</th>
                  <th scope="col">{said.since}</th>
                  <th scope="col">
                    <VisuallyHidden>{said.retire}</VisuallyHidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <code>{one.id}</code>
                    </td>
                    <td>
                      <strong>{one.name}</strong>
                      <br />
                      {one.text}
                    </td>
                    <td>{day(one.madeAt, { timeZone: shop.timeZone, language })}</td>
                    <td>
                      {one.retiredAt !== null && <Tag>{said.retired}</Tag>}
                      {one.retiredAt === null && may && (
                        <Button
                          variant="subtle"
                          color="gray"
                          size="compact-sm"
                          loading={retiring.isPending && retiring.variables === one.id}
                          onClick={() => retiring.mutate(one.id)}
                        >
                          {said.retire}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {may && <NewWording />}
      </div>
    </Card>
  )
}

function NewWording() {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [exact, setExact] = useState('')
  const keeping = useMutation({
    mutationFn: () => keepWording({ name: name.trim(), language, text: exact.trim() }),
    onSuccess: () => {
      setName('')
      setExact('')
      return queries.invalidateQueries({ queryKey: ['consents', 'wordings'] })
    },
  })
  return (
    <form
      className={style.sign}
      onSubmit={(event) => {
        event.preventDefault()
        keeping.mutate()
      }}
    >
      <TextInput
        label={said.name}
        placeholder={said.nameHint}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={said.exact}
        autosize
        minRows={2}
        maxLength={5_000}
        value={exact}
        onChange={(event) => setExact(event.currentTarget.value)}
      />
      {keeping.error && <Failure error={keeping.error} />}
      <div>
        <Button
          type="submit"
          variant="default"
          loading={keeping.isPending}
          disabled={!name.trim() || exact.trim().length < 5}
        >
          {said.keep}
        </Button>
      </div>
    </form>
  )
}
