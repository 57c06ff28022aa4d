import { Anchor } from '@mantine/core'
import { useLanguage, useWords } from '../../app/language.ts'
import { useMay } from '../../app/session.tsx'
import { Card } from '../../design/card.tsx'
import { Code } from '../../design/states.tsx'
import { Webhooks } from '../../segments/webhooks.tsx'
import style from '../../settings/settings.module.css'
import { outText } from './out-words.ts'
import { StandingFiles } from './standing-files.tsx'

/** 설정 > 내보내기: files that leave by themselves, events to servers, and how other tools read. */
export function Out() {
  const marketer = useMay('marketer')
  const sender = useMay('marketer', 'developer')
  return (
    <div className={style.stack}>
      {marketer && <StandingFiles />}
      {sender && <Webhooks segment={null} />}
      <Clients />
    </div>
  )
}

function Clients() {
  const said = useWords(outText)
  const isKorean = useLanguage() === 'ko'
  const example = `curl -H "Authorization: Bearer ${isKorean ? 'API_키' : 'API_KEY'}" \\
  ${window.location.origin}/api/segments/1/members.csv`
  return (
    <Card title={said.clients} note={said.clientsNote}>
      <Code text={example} />
      <Anchor href="/openapi.json" target="_blank" rel="noreferrer" mt={12} display="inline-block">
        {said.openapi}
      </Anchor>
    </Card>
  )
}
