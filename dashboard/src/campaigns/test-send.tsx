import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { chainOf } from '../../../server/src/campaigns/steps/message.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { TestSendForm } from './test-send-form.tsx'

const text = words({
  go: { ko: '시험 발송', en: 'Send a test' },
})

type Props = { readonly flow: Flow; readonly content: MessageContent }

/** The draft, to whoever writes it or to a test group. */
export function TestSend({ flow, content }: Props) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const [opened, setOpened] = useState(false)
  if (!may) return null
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpened(true)}>
        {said.go}
      </Button>
      {opened && (
        <TestSendForm flow={flow} step={stepWith(flow, content)} close={() => setOpened(false)} />
      )}
    </>
  )
}

/** The message step in whose chain the content stands. */
function stepWith(flow: Flow, content: MessageContent): number | undefined {
  for (const step of stepsOf(flow))
    if (step.kind === 'message' && chainOf(step).some((one) => one.content === content))
      return step.id
  return undefined
}
