import type { PictureStep } from '../../../server/src/campaigns/playbooks/picture.ts'
import style from './gallery.module.css'
import { StepMark } from './step-mark.tsx'

/** A flow drawn small: one row a step, the ways that part from it below it. */
export function FlowPicture({
  steps,
  label,
}: {
  readonly steps: readonly PictureStep[]
  readonly label: string
}) {
  return (
    <ol className={style.picture} aria-label={label}>
      <Steps steps={steps} />
    </ol>
  )
}

function Steps({ steps }: { readonly steps: readonly PictureStep[] }) {
  return steps.map((step, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a picture never changes its order
    <li className={style.step} key={at}>
      <div className={style.row}>
        <StepMark kind={step.kind} />
        <span>{step.text}</span>
      </div>
      {step.lanes.length > 0 && (
        <ul className={style.lanes}>
          {step.lanes.map((lane) => (
            <li key={lane.name}>
              <span className={style.lane}>{lane.name}</span>
              {lane.steps.length > 0 && (
                <ol className={style.steps}>
                  <Steps steps={lane.steps} />
                </ol>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  ))
}
