import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { ListForm } from './list-form.tsx'
import { MessageStepForm } from './message-step.tsx'
import { BranchForm, SplitForm } from './path-forms.tsx'
import { CallForm, CouponForm, ExitForm, GotoForm, SetTraitForm } from './small-forms.tsx'
import { WaitForForm, WaitForm, WaitUntilForm } from './wait-forms.tsx'

/** What can be decided about a step. */
export function StepFields({ step }: { readonly step: Step }) {
  switch (step.kind) {
    case 'wait':
      return <WaitForm step={step} />
    case 'wait_until':
      return <WaitUntilForm step={step} />
    case 'wait_for':
      return <WaitForForm step={step} />
    case 'branch':
      return <BranchForm step={step} />
    case 'split':
      return <SplitForm step={step} />
    case 'message':
      return <MessageStepForm step={step} />
    case 'coupon':
      return <CouponForm step={step} />
    case 'set_trait':
      return <SetTraitForm step={step} />
    case 'list':
      return <ListForm step={step} />
    case 'webhook':
      return <CallForm step={step} />
    case 'goto':
      return <GotoForm step={step} />
    case 'exit':
      return <ExitForm />
  }
}
