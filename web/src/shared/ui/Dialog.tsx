/* A modal without antd's Modal. It stands beside the page, which is made inert while it is open; pickers and messages
 * of antd, which open beside the page too, stay usable on top of it (a native <dialog> would cover them). */
import { CloseOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '@/shared/i18n';
import './dialog.css';

let open = 0;

/* Holds the page still while at least one dialog is open. */
function holdPage(): () => void {
  const root = document.documentElement;
  const page = document.getElementById('root');
  if (open === 0) {
    // The page must not jump when its scrollbar goes.
    root.style.setProperty('--scrollbar', `${window.innerWidth - root.clientWidth}px`);
    root.classList.add('locked');
  }
  open += 1;
  if (page) page.inert = true;
  return () => {
    open -= 1;
    if (open > 0) return;
    root.classList.remove('locked');
    if (page) page.inert = false;
  };
}

const FOCUSABLE =
  'input:not([type=hidden]), textarea, select, [tabindex="0"], button:not([aria-label])';

export function Dialog(props: {
  title: ReactNode;
  width?: number;
  bare?: boolean;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  const { onClose } = props;
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const release = holdPage();
    if (!panel.current?.contains(document.activeElement)) {
      (panel.current?.querySelector<HTMLElement>(FOCUSABLE) ?? panel.current)?.focus();
    }
    return () => {
      release();
      before?.focus?.({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: React.KeyboardEvent) => {
    // An Esc that closes a picker inside has been dealt with there.
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the dialog closes it; Esc does the same
    <div
      className={`dialog-layer${props.bare ? ' dialog-layer-bare' : ''}`}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={onKeyDown}
    >
      <div
        ref={panel}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        className={`dialog${props.bare ? ' dialog-bare' : ''}`}
        style={{ width: props.width ?? 480 }}
      >
        {props.bare ? (
          <h2 id={id} className="sr">
            {props.title}
          </h2>
        ) : (
          <header className="dialog-head">
            <h2 id={id}>{props.title}</h2>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('form.close')}
              onClick={onClose}
            >
              <CloseOutlined />
            </button>
          </header>
        )}
        {props.children}
        {props.footer && <footer className="dialog-foot">{props.footer}</footer>}
      </div>
    </div>,
    document.body,
  );
}
