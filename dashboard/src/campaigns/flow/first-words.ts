import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { firstText } from '../../../../server/src/messages/onsite/texts.ts'

/** What a message begins with, its blanks as rings. */
export function firstWords({ content }: Extract<Step, { kind: 'message' }>): string {
  const words =
    content.channel === 'email'
      ? content.subject
      : content.channel === 'web_push'
        ? content.title
        : 'text' in content
          ? content.text
          : 'template' in content
            ? content.template
            : content.channel === 'onsite'
              ? firstText(content)
              : content.url
  return withRings(words)
}

/** A template as a person reads it: its blanks as rings, what is said only sometimes as if it were. */
export function withRings(template: string): string {
  return template
    .replace(/\{%[^%]*%\}/g, '')
    .replace(/\{\{\s*customer\.name[^}]*\}\}/g, '○○님')
    .replace(/\{\{[^}]*\}\}/g, '○○')
    .replace(/\s+/g, ' ')
    .trim()
}
