import type { Problem } from './compose.ts'
import { type FactFault, factFaults } from './fact-use.ts'
import { josa } from './filters.ts'
import { type Medium, parseTemplate, type TemplateFault } from './template.ts'

/** A piece of a message: the field it stands in, its Liquid, and what it becomes. */
export type Piece = readonly [field: string, source: string, medium: Medium]

/** Each piece is parsed by itself, so that the fault names the piece and the line in it. */
export function templateProblems(pieces: readonly Piece[]): readonly Problem[] {
  return pieces.flatMap(([field, source, medium]) => {
    const parsed = parseTemplate(source, medium)
    return parsed.kind === 'ok'
      ? factFaults(parsed.template).map((fault) => factProblem(field, fault))
      : [templateProblem(field, parsed.fault)]
  })
}

/** A template that cannot be read or drawn, said to whoever wrote it. */
export function templateProblem(field: string, fault: TemplateFault): Problem {
  return {
    code: 'template_wrong',
    ko: `${fault.line}번째 줄 ${fault.column}번째 글자에서 템플릿을 읽지 못했어요: ${fault.message}`,
    en: `The template cannot be read at line ${fault.line}, column ${fault.column}: ${fault.message}`,
    field,
  }
}

function factProblem(field: string, fault: FactFault): Problem {
  const at = `${fault.line}번째 줄 ${fault.column}번째 글자`
  return {
    code: fault.kind === 'unknown' ? 'fact_unknown' : 'fact_needs_default',
    ko:
      fault.kind === 'unknown'
        ? `${at}: ${josa(`'${fault.shown}'`, '이라는/라는')} 고객 정보는 없어요. 안내서의 목록에서 골라 주세요.`
        : `${at}: '${fault.shown}' 값이 없는 고객에게 보일 말을 정해 주세요: | default: '...'`,
    en: `Line ${fault.line}, column ${fault.column}: ${fault.message}`,
    field,
  }
}
