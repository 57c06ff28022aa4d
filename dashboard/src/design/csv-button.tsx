import { Button, type ButtonProps } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { address } from '../api/client.ts'
import { useLanguage, useWords, words } from '../app/language.ts'

const text = words({ csv: { ko: 'CSV로 내려받기', en: 'Download as CSV' } })

type Props = Pick<ButtonProps, 'size' | 'disabled'> & {
  readonly href: string
  readonly question?: Parameters<typeof address>[1]
}

/** The one way a table leaves as a file: the same words, sign and place everywhere, its columns in the language of the page. */
export function CsvButton({ href, question, ...props }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  return (
    <Button
      component="a"
      href={address(href, { ...question, language })}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      {...props}
    >
      {said.csv}
    </Button>
  )
}
