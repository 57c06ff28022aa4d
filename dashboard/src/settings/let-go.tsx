import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useWords, words } from '../app/language.ts'
import { Failure } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '연결을 끊을까요?', en: 'Disconnect?' },
  gone: {
    ko: '저장해 둔 키나 비밀번호를 지워요. 다시 쓰려면 새로 적어야 해요.',
    en: 'The stored key or password is deleted; connecting again needs it typed anew.',
  },
  keep: { ko: '그대로 두기', en: 'Keep it' },
})

type Props = {
  /** What the button says, and after it the notice. */
  readonly says: string
  readonly saysAfter: string
  readonly remove: () => Promise<unknown>
  /** Reads anew what the pages show of the account. */
  readonly onRemoved: () => Promise<unknown>
}

/** Lets go of a connected account. Its key goes with it and cannot be had back, so it asks first. */
export function LetGo({ says, saysAfter, remove, onRemoved }: Props) {
  const said = useWords(text)
  const [asking, { open, close }] = useDisclosure(false)
  const removing = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      close()
      notifications.show({ message: saysAfter })
      await onRemoved()
    },
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {says}
      </Button>
      <Modal opened={asking} onClose={close} title={said.title}>
        <div className={style.stack}>
          <p className={style.note}>{said.gone}</p>
          {removing.error && <Failure error={removing.error} />}
          <div className={style.buttons} style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={close} data-autofocus>
              {said.keep}
            </Button>
            <Button color="red" loading={removing.isPending} onClick={() => removing.mutate()}>
              {says}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
