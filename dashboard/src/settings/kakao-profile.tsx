import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listTemplates } from '../api/kakao.ts'
import { useWords, words } from '../app/language.ts'

const text = words({
  profile: { ko: '보내는 카카오톡 채널', en: 'Kakao channel to send from' },
  profileNote: {
    ko: '대행사에 연결된 채널 가운데서 골라요.',
    en: 'One of the channels connected at the provider.',
  },
})

/** Channels and templates as they were last read at the provider. */
export function useTemplates() {
  return useQuery({
    queryKey: ['kakao', 'templates'],
    queryFn: ({ signal }) => listTemplates(signal),
  })
}

type ProfileProps = {
  readonly value: string
  readonly name: string
  readonly disabled: boolean
  readonly error: string | undefined
  readonly put: (profile: string) => void
}

/** The channel that messages are sent from: one of those at the provider, or the one that was kept. */
export function KakaoProfile({ value, name, disabled, error, put }: ProfileProps) {
  const said = useWords(text)
  const templates = useTemplates()
  const listed = templates.data?.profiles ?? []
  const own = value !== '' && !listed.some((one) => one.id === value)
  const profiles = own ? [...listed, { id: value, name: name || value }] : listed
  return (
    <Select
      label={said.profile}
      description={said.profileNote}
      allowDeselect={false}
      disabled={disabled}
      error={error}
      data={profiles.map((one) => ({ value: one.id, label: one.name }))}
      value={value || null}
      onChange={(next) => put(next ?? '')}
    />
  )
}
