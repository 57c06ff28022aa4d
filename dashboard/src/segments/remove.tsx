import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { problemIn } from '../api/client.ts'
import { listDeleted, listUsers, undelete } from '../api/segment-page.ts'
import { removeSegment, type SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './segments.module.css'

const text = words({
  title: {
    ko: (name: string) => `‘${name}’ 세그먼트를 지울까요?`,
    en: (name: string) => `Delete the segment “${name}”?`,
  },
  says: {
    ko: '30일 안에는 되살릴 수 있어요. 고객은 그대로 남아요. 되살리면 지금 조건에 맞는 고객을 다시 찾아요.',
    en: 'It can be brought back within 30 days. The customers stay. Brought back, it finds its people anew.',
  },
  used: {
    ko: '여기에서 쓰고 있어서 아직 지울 수 없어요. 먼저 다른 세그먼트로 바꿔 주세요.',
    en: 'It is used here and cannot be deleted yet. Let these use another segment first.',
  },
  campaign: { ko: '캠페인', en: 'campaign' },
  segment: { ko: '세그먼트', en: 'segment' },
  go: { ko: '이 세그먼트 지우기', en: 'Delete this segment' },
  gone: {
    ko: (name: string) => `‘${name}’ 세그먼트를 지웠어요.`,
    en: (name: string) => `“${name}” is deleted.`,
  },
  undo: { ko: '되살리기', en: 'Undo' },
  back: { ko: '되살렸어요.', en: 'It is back.' },
})

type Props = {
  readonly segment: SegmentRow
  readonly opened: boolean
  readonly close: () => void
}

/** Deleting a segment: refused with the names of what uses it, and undone with one click. */
export function RemoveSegment({ segment, opened, close }: Props) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const undo = useUndelete()
  const users = useQuery({
    queryKey: ['segments', 'users', segment.id],
    queryFn: ({ signal }) => listUsers(segment.id, signal),
    enabled: opened,
  })
  const removing = useMutation({
    mutationFn: () => removeSegment(segment.id),
    onSuccess: async () => {
      go('/segments')
      const id = `deleted-${segment.id}`
      notifications.show({
        id,
        autoClose: 12_000,
        message: (
          <span className={style.undo}>
            {said.gone(segment.name)}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                undo.mutate(segment)
              }}
            >
              {said.undo}
            </Button>
          </span>
        ),
      })
      await queries.invalidateQueries({ queryKey: ['segments'] })
    },
  })
  const used = users.data?.items ?? []
  return (
    <Modal opened={opened} onClose={close} title={said.title(segment.name)}>
      <div className={style.stack}>
        {users.isPending ? (
          <Bones lines={2} />
        ) : used.length > 0 ? (
          <>
            <p>{said.used}</p>
            <ul className={style.plainList}>
              {used.map(({ kind, id, name }) => (
                <li key={`${kind} ${id}`}>
                  <Link href={kind === 'campaign' ? `/campaigns/${id}` : `/segments/${id}`}>
                    {name}
                  </Link>{' '}
                  <span className={style.why}>{said[kind]}</span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p>{said.says}</p>
        )}
        {removing.error && <Failure error={removing.error} />}
        <Button
          color="red"
          loading={removing.isPending}
          disabled={users.isPending || used.length > 0}
          onClick={() => removing.mutate()}
        >
          {said.go}
        </Button>
      </div>
    </Modal>
  )
}

/** Brings a deleted segment back, found among the deleted by the newest of its name. */
export function useUndelete() {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  return useMutation({
    mutationFn: async ({ id, name }: { readonly id: number; readonly name: string }) => {
      const { items } = await listDeleted()
      const one =
        items.find((deleted) => deleted.id === id) ?? items.find((row) => row.name === name)
      return undelete(one?.id ?? id)
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notifications.show({ message: said.back })
      go(`/segments/${id}`)
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
}
