import { useEffect } from 'react'
import { useWords } from '../../app/language.ts'
import { Card } from '../../design/card.tsx'
import { Page } from '../../design/page.tsx'
import { type FigureGroup, figureGroups, groupTitles } from './figure-groups.ts'
import { figureText } from './number-words.ts'
import style from './numbers.module.css'

/** One page that says what every number counts; `#messages` leads to a group of them. */
export function Figures() {
  const said = useWords(figureText)
  const titles = useWords(groupTitles)
  useEffect(() => {
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView()
  }, [])
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      width="narrow"
      back={{ to: '/connect/numbers', label: said.back }}
    >
      <div className={style.stack}>
        {(Object.keys(figureGroups) as FigureGroup[]).map((group) => (
          <section key={group} id={group} className={style.group}>
            <Card title={titles[group]} flush>
              <dl className={style.figures}>
                {figureGroups[group].map((figure) => (
                  <Figure key={figure.name.ko} figure={figure} />
                ))}
              </dl>
            </Card>
          </section>
        ))}
      </div>
    </Page>
  )
}

type OneFigure = (typeof figureGroups)[FigureGroup][number]

function Figure({ figure }: { readonly figure: OneFigure }) {
  const said = useWords(figure)
  return (
    <div>
      <dt>{said.name}</dt>
      <dd>{said.says}</dd>
    </div>
  )
}
