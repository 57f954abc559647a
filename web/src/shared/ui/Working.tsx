/* How an amount came about: the steps of the engine, to be followed by a person. */
import { useLang } from '@/shared/i18n';
import { stepText, type WorkingStep } from '@/shared/schedule';

export function Working(props: { steps: readonly WorkingStep[] | null | undefined }) {
  const lang = useLang();
  if (!props.steps?.length) return null;
  return (
    <ol className="working">
      {props.steps.map((step, i) => (
        <li key={i} className={step.op === 'total' || step.op === 'tax' ? 'dim' : undefined}>
          {stepText(step, lang)}
        </li>
      ))}
    </ol>
  );
}
