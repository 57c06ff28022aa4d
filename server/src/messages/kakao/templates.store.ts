import type { KakaoTemplate } from '../../channels/carrier.ts'
import { practiceTemplates } from '../../channels/kakao/practice.ts'
import { kakaoSettings } from '../../channels/kakao/settings.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Shop } from '../../shops/shop.ts'
import type { AlimtalkContent } from './content.ts'

/** The template an Alimtalk names, as the provider last listed it; without a provider, one of those for practice. */
export async function templateFor(
  db: Database,
  shop: Pick<Shop, 'id' | 'settings'>,
  { profile, template }: Pick<AlimtalkContent, 'profile' | 'template'>,
): Promise<KakaoTemplate | undefined> {
  if (!kakaoSettings(shop.settings.kakao)) {
    return practiceTemplates.find((one) => one.profile === profile && one.code === template)
  }
  const [row] = await db<{ body: string }[]>`
    select body from kakao_templates
    where shop = ${shop.id} and profile = ${profile} and code = ${template}`
  return row && (JSON.parse(row.body) as KakaoTemplate)
}
