import { Button, type ButtonProps } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useWords, words } from '../app/language.ts'

const text = words({ csv: { ko: 'CSV로 내려받기', en: 'Download as CSV' } })

type Props = Pick<ButtonProps, 'size' | 'disabled'> & { readonly href: string }

/** The one way a table leaves as a file: the same words, sign and place everywhere. */
export function CsvButton({ href, ...props }: Props) {
  const said = useWords(text)
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      {...props}
    >
      {said.csv}
    </Button>
  )
}
