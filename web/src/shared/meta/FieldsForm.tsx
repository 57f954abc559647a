/* Fields in groups on antd's Form: labels on top, errors in words under the field, server complaints placed on theirs.
 * Used by record forms and by the small forms of actions. */
import { QuestionCircleOutlined } from '@ant-design/icons';
import { Alert, Form, type FormInstance, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/shared/api/client';
import { docIn, type Label, type T, useLabel, useLang, useT } from '@/shared/i18n';
import { errorText } from '@/shared/ui';
import { FieldControl } from './controls';
import type { FieldGroup } from './formFields';
import { complaintOf, type FormValues, isKept } from './formState';
import type { FieldMeta, Row } from './types';
import './form.css';

export function complaintText(
  field: FieldMeta,
  value: unknown,
  required: boolean,
  t: T,
  name: string,
) {
  const complaint = complaintOf(field, value, required);
  if (!complaint) return null;
  const n = 'n' in complaint ? complaint.n : 0;
  return t(`form.${complaint.key}`, { n, what: name });
}

/* Brings the first wrong field into view and puts the cursor there. */
export function focusField(formName: string, field: string): void {
  const element = document.getElementById(`${formName}_${field}`);
  element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  element?.focus({ preventScroll: true });
}

/* Places the complaints of a refused write; what belongs to no field comes back as one text. */
export function useServerErrors(form: FormInstance, name: string, fields: FieldMeta[]) {
  const t = useT();
  const [general, setGeneral] = useState<string>();
  const place = (error: unknown) => {
    const complaints = error instanceof ApiError ? error.fields : [];
    const known = complaints.filter((one) => fields.some((field) => field.name === one.field));
    const others = complaints.filter((one) => !known.includes(one));
    form.setFields(known.map((one) => ({ name: one.field, errors: [one.message] })));
    if (known[0]) focusField(name, known[0].field);
    const rest = others.map((one) => one.message).join('；');
    if (known.length === 0 || rest) setGeneral(rest || errorText(error, t('state.network')));
    else setGeneral(undefined);
  };
  return { general, place, clear: () => setGeneral(undefined) };
}

export function FieldsForm(props: {
  form: FormInstance;
  name: string;
  groups: FieldGroup[];
  initial: FormValues;
  row?: Row | undefined;
  general?: string | undefined;
  onSubmit: (values: FormValues) => void;
  onTouched?: () => void;
  onValuesChange?: ((changed: FormValues, values: FormValues) => void) | undefined;
  children?: ReactNode;
}) {
  const label = useLabel();
  const t = useT();
  const { form, groups, row } = props;
  return (
    <Form
      form={form}
      name={props.name}
      layout="vertical"
      requiredMark
      initialValues={props.initial}
      validateTrigger="onBlur"
      onFinish={props.onSubmit}
      onFinishFailed={({ errorFields }) => {
        const first = errorFields[0]?.name[0];
        if (first !== undefined) focusField(props.name, String(first));
      }}
      onValuesChange={(changed, values) => {
        props.onTouched?.();
        // A complaint about a field goes as soon as the field is touched again.
        for (const name of Object.keys(changed)) form.setFields([{ name, errors: [] }]);
        props.onValuesChange?.(changed, values);
      }}
    >
      {props.general && (
        <Alert type="error" showIcon title={props.general} className="form-alert" />
      )}
      {groups.map((group, i) => (
        <fieldset key={i} className="form-group">
          {label(group.label as Label) && <legend>{label(group.label as Label)}</legend>}
          <div className="form-grid">
            {group.fields.map((field) => (
              <FieldItem
                key={field.name}
                field={field}
                row={row}
                t={t}
                label={label(field.label)}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {props.children}
    </Form>
  );
}

function FieldItem(props: { field: FieldMeta; row?: Row | undefined; t: T; label: string }) {
  const { field, row, t, label } = props;
  const kept = isKept(field, row);
  const required = Boolean(field.required) && !kept && field.type !== 'bool';
  const doc = docIn(field.doc, useLang());
  const wide = field.type === 'longtext' || field.type === 'json';
  const placeholder = kept
    ? t('form.maskedKeep', { value: String(row?.[field.name] ?? '') })
    : undefined;
  return (
    <Form.Item
      name={field.name}
      className={wide ? 'wide' : ''}
      label={
        <>
          {label}
          {doc && (
            <Tooltip title={doc}>
              <QuestionCircleOutlined className="form-help" aria-label={doc} tabIndex={0} />
            </Tooltip>
          )}
        </>
      }
      required={required}
      rules={[
        {
          validator: (_, value) => {
            const text = complaintText(field, value, required, t, label);
            return text ? Promise.reject(new Error(text)) : Promise.resolve();
          },
        },
      ]}
    >
      <FieldControl
        field={field}
        disabled={Boolean(row && field.immutable)}
        placeholder={placeholder}
      />
    </Form.Item>
  );
}
