import type { Problem } from '../compose.ts'
import type { Nature } from '../content.ts'
import { templateProblems } from '../template-problems.ts'
import type { CompiledWebhook, WebhookContent } from './content.ts'
import { isPlainlyPrivate } from './private-host.ts'

/** Checks a call's names and templates. What the name of its address leads to is looked at when it is called. */
export function compileWebhook(
  content: WebhookContent,
  nature: Nature,
):
  | { readonly kind: 'ok'; readonly compiled: CompiledWebhook }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] } {
  const problems = [
    ...privateAddress(content),
    ...repeatedNames(content),
    ...templateProblems(
      content.fields.map(({ value }, at) => [`fields.${at}.value`, value, 'text'] as const),
    ),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const { url, fields } = content
  return { kind: 'ok', compiled: { channel: 'webhook', format: 1, nature, url, fields } }
}

function privateAddress({ url }: WebhookContent): readonly Problem[] {
  if (!isPlainlyPrivate(url)) return []
  return [
    {
      code: 'address_private',
      ko: '내부망 주소는 부를 수 없어요. 인터넷에서 열리는 https 주소를 적어 주세요.',
      en: 'Addresses inside a network are never called. Enter an https address of the internet.',
      field: 'url',
    },
  ]
}

function repeatedNames({ fields }: WebhookContent): readonly Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const [at, { name }] of fields.entries()) {
    if (seen.has(name))
      problems.push({
        code: 'name_repeated',
        ko: `'${name}' 이름이 두 번 있어요. 하나를 지우거나 바꿔 주세요.`,
        en: `There are two fields called "${name}". Remove or rename one.`,
        field: `fields.${at}.name`,
      })
    seen.add(name)
  }
  return problems
}
