import { z } from 'zod'
import {
  type Destination,
  destinationsOf,
  MorningInput,
} from '../reports/morning/morning-settings.ts'

/** What the settings page sends; an absent Slack address keeps the stored one, an empty one removes it. */
export const AlarmInput = MorningInput
export type AlarmInput = z.infer<typeof AlarmInput>

/** The shop's settings section `alarms`; the address of Slack is sealed. */
const AlarmSettings = z.object({
  emails: z.array(z.string()),
  sealedSlack: z.string(),
  webhook: z.string(),
})
type AlarmSettings = z.infer<typeof AlarmSettings>

/** The section if it is set and whole. */
export function alarmSettings(section: unknown): AlarmSettings | undefined {
  const parsed = AlarmSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}

/** Where alarms go. */
export const alarmPlaces = (settings: AlarmSettings): readonly Destination[] =>
  destinationsOf({ ...settings, since: 0 })
