import { useWords } from '../../app/language.ts'
import { Card } from '../../design/card.tsx'
import { Page } from '../../design/page.tsx'
import { figures, figureText } from './number-words.ts'
import style from './numbers.module.css'

/** One page that says what every number counts. */
export function Figures() {
  const said = useWords(figureText)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      width="narrow"
      back={{ to: '/connect/numbers', label: said.back }}
    >
      <Card flush>
        <dl className={style.figures}>
          {figures.map((figure) => (
            <Figure key={figure.name.ko} figure={figure} />
          ))}
        </dl>
      </Card>
    </Page>
  )
}

function Figure({ figure }: { readonly figure: (typeof figures)[number] }) {
  const said = useWords(figure)
  return (
    <div>
      <dt>{said.name}</dt>
      <dd>{said.says}</dd>
    </div>
  )
}
