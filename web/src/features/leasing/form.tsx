/* The wizard's fields: label on top, complaint in words below, the rest from the shared controls. */
import { cloneElement, createContext, type ReactElement, type ReactNode, use, useId } from 'react';
import { FieldControl } from '@/shared/meta/controls';
import type { FieldMeta, FieldType } from '@/shared/meta/types';
import { errorUnder } from './leaseDraft';

export const Errors = createContext<ReadonlyMap<string, string>>(new Map());

export function Field(props: {
  label: ReactNode;
  path?: string | undefined;
  required?: boolean;
  hint?: ReactNode;
  className?: string;
  children: ReactElement;
}) {
  const id = useId();
  const errors = use(Errors);
  const error = props.path ? errorUnder(errors, props.path) : undefined;
  const note = error ?? props.hint;
  return (
    <div
      className={`lf ${props.className ?? ''}`}
      data-path={props.path}
      data-wrong={error ? '' : undefined}
    >
      <label htmlFor={id}>
        {props.label}
        {props.required && (
          <span className="lf-star" aria-hidden="true">
            *
          </span>
        )}
      </label>
      {cloneElement(props.children as ReactElement<Record<string, unknown>>, {
        id,
        ...(error ? { status: 'error', 'aria-invalid': true } : {}),
        ...(note ? { 'aria-describedby': `${id}-note` } : {}),
        ...(props.required ? { 'aria-required': true } : {}),
      })}
      {note && (
        <div id={`${id}-note`} className={error ? 'lf-error' : 'lf-hint'}>
          {note}
        </div>
      )}
    </div>
  );
}

const metaOf = (type: FieldType, ref?: string): FieldMeta => ({
  name: type,
  type,
  label: '',
  ref: ref ?? null,
});
const METAS: Record<string, FieldMeta> = {};

/* A shared control by type, without a field of the server's meta behind it. */
export function Control(props: {
  type: FieldType;
  entity?: string;
  id?: string;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled?: boolean;
  placeholder?: string | undefined;
  'aria-label'?: string;
}) {
  const { type, entity, ...rest } = props;
  const key = `${type}/${entity ?? ''}`;
  METAS[key] ??= metaOf(type, entity);
  return <FieldControl field={METAS[key]} {...rest} />;
}

/* A complaint about a list as a whole, or about a row of it that names no field. */
export function PathError({ path }: { path: string }) {
  const errors = use(Errors);
  const row = [...errors].find(([at]) => at.startsWith(`${path}[`) && at.endsWith(']'));
  const message = errors.get(path) ?? row?.[1];
  return message ? (
    <div className="lf-error" data-wrong="">
      {message}
    </div>
  ) : null;
}
