import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useLang, useT } from '@/shared/i18n';

export function useDayLocale() {
  const lang = useLang();
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
}

export interface DayPickerProps {
  id?: string;
  /* As wide as the form's column. */
  wide?: boolean;
  /* "2026-03-01"; empty: none chosen. */
  value: string | null | undefined;
  onChange: (day: string | null) => void;
  min?: string;
  max?: string;
  required?: boolean;
  disabled?: boolean;
  placeholder?: string | undefined;
  'aria-label'?: string;
}

/* A day is written 2026-03-01 on every page, whatever the browser's own habit. */
export default function DayPickerField({
  value,
  onChange,
  min,
  max,
  required,
  placeholder,
  wide,
  ...rest
}: DayPickerProps) {
  const t = useT();
  useDayLocale();
  return (
    <DatePicker
      {...rest}
      style={wide ? { width: '100%' } : undefined}
      format={['YYYY-MM-DD', 'YYYY-M-D', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']}
      allowClear={!required}
      placeholder={placeholder ?? t('form.chooseDay')}
      value={value ? dayjs(value) : null}
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
    />
  );
}
