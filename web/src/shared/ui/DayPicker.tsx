import { lazy, Suspense } from 'react';
import type { DayPickerProps } from './DayPickerField';

const Field = lazy(() => import('./DayPickerField'));

/* For pages that must be there at once: the calendar comes a moment later; until then the day can be read. */
export function DayPicker(props: DayPickerProps) {
  return (
    <Suspense
      fallback={
        <input
          className="plain-input"
          aria-label={props['aria-label']}
          readOnly
          value={props.value ?? ''}
        />
      }
    >
      <Field {...props} />
    </Suspense>
  );
}
