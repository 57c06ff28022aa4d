import { PasswordInput, TextInput } from '@mantine/core'

/** A field of a form of keys, as it is shown. */
export type KeyField<K extends string> = {
  readonly name: K
  readonly label: string
  readonly note?: string
  /** What to look at where the platform does not take it. */
  readonly help?: string
  readonly isSecret?: boolean
  readonly isOptional?: boolean
}

/** Fields of keys, one below the other; what is wrong stands at its field. */
export function KeyFields<K extends string>({
  fields,
  values,
  onChange,
  wrong,
}: {
  readonly fields: readonly KeyField<K>[]
  readonly values: Readonly<Record<K, string>>
  readonly onChange: (values: Readonly<Record<K, string>>) => void
  readonly wrong: (field: string) => string | undefined
}) {
  return fields.map(({ name, label, note, isSecret, isOptional }) => {
    const Input = isSecret ? PasswordInput : TextInput
    return (
      <Input
        key={name}
        label={label}
        description={note}
        autoComplete={isSecret ? 'new-password' : 'off'}
        required={!isOptional}
        withAsterisk={false}
        value={values[name]}
        error={wrong(name)}
        onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
      />
    )
  })
}
