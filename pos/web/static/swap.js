/* Forms and links with data-swap="#first #second ...": sent without leaving the page.  The server
 * always answers a whole page; only the named parts are lifted out of it.  Without this file the
 * same forms and links work by themselves.
 *
 *   data-swap   the parts; when the answer or this page lacks the first, the browser goes to
 *               the answered page whole
 *   data-each   every press counts; without it a form that is under way takes no second press
 *   data-focus  in an answered part: where the focus goes
 *   data-here   on the first part: the address that the page has now
 *
 * Events: etalase:swapped on the document (detail.parts), etalase:failed on the form or link when
 * no answer came; preventDefault() there keeps the sentence away. */
(function () {
    'use strict';

    const PATIENCE_MS = 15000;
    let chain = Promise.resolve();

    /* One request after the other, in the order they were asked for. */
    function inTurn(work) {
        const done = chain.then(work);
        chain = done.catch(function () {});
        return done;
    }

    /* Resolves to {page, url, status, redirected}; rejects when no answer came. */
    async function ask(url, options, patience) {
        const stop = new AbortController();
        const timer = setTimeout(function () { stop.abort(); }, patience || PATIENCE_MS);
        try {
            const answer = await fetch(url, Object.assign({
                credentials: 'same-origin',
                headers: { 'X-Etalase-Swap': '1' },
                signal: stop.signal
            }, options));
            if (answer.status === 502 || answer.status === 504) {
                throw new Error('gateway');
            }
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            return { page: page, url: answer.url, status: answer.status,
                     redirected: answer.redirected };
        } finally {
            clearTimeout(timer);
        }
    }

    /* The element stays, so that what listens to it (a live region) goes on listening. */
    function replace(old, fresh) {
        for (const name of old.getAttributeNames()) {
            if (!fresh.hasAttribute(name)) {
                old.removeAttribute(name);
            }
        }
        for (const name of fresh.getAttributeNames()) {
            old.setAttribute(name, fresh.getAttribute(name));
        }
        old.replaceChildren.apply(old, Array.from(fresh.childNodes));
    }

    function swapParts(page, names) {
        const parts = [];
        for (const name of names) {
            const old = document.querySelector(name);
            const fresh = page.querySelector(name);
            if (old && fresh) {
                replace(old, fresh);
                parts.push(old);
            } else if (old) {
                old.replaceChildren();
            }
        }
        return parts;
    }

    /* The field being typed in: an answer to something else must not take what stands in it. */
    function typing() {
        const field = document.activeElement;
        const dirty = field && field.id && field.type === 'text' &&
            field.value !== field.defaultValue;
        return dirty ? { id: field.id, value: field.value, start: field.selectionStart,
                         end: field.selectionEnd } : null;
    }

    function typeOn(typed) {
        const field = typed ? document.getElementById(typed.id) : null;
        if (field && field === document.activeElement && field.type === 'text') {
            field.value = typed.value;
            field.setSelectionRange(typed.start, typed.end);
        }
    }

    /* What had the focus before keeps it when it is still there. */
    function keepFocus(parts, id) {
        for (const part of parts) {
            const wanted = part.querySelector('[data-focus]');
            if (wanted) {
                wanted.focus();
                return;
            }
        }
        const same = id ? document.getElementById(id) : null;
        if (same && (document.activeElement === document.body || !document.activeElement)) {
            same.focus();
        }
    }

    function showWhole(answer) {
        const main = answer.page.querySelector('main');
        if (answer.redirected || !main) {
            location.assign(answer.url);
            return;
        }
        document.querySelector('main').replaceChildren.apply(
            document.querySelector('main'), Array.from(main.childNodes));
        document.title = answer.page.title;
        const heading = document.querySelector('main h1');
        if (heading) {
            heading.tabIndex = -1;
            heading.focus();
        }
    }

    /* true: the parts are in the page now.  `asked` is the form or link whose answer this is. */
    function put(answer, names, asked) {
        const first = answer.page.querySelector(names[0]);
        if (!first || !document.querySelector(names[0])) {
            showWhole(answer);
            return false;
        }
        const active = document.activeElement;
        const id = active && active !== document.body ? active.id : '';
        const typed = asked && asked.contains(document.activeElement) ? null : typing();
        const parts = swapParts(answer.page, names);
        document.title = answer.page.title;
        if (first.dataset.here && first.dataset.here !== location.pathname) {
            history.replaceState(null, '', first.dataset.here);
        }
        keepFocus(parts, id);
        typeOn(typed);
        document.dispatchEvent(new CustomEvent('etalase:swapped', { detail: { parts: parts } }));
        return true;
    }

    function sayFailed(element, sentence) {
        const event = new CustomEvent('etalase:failed', { cancelable: true, bubbles: true });
        const status = document.getElementById('status');
        if (element.dispatchEvent(event) && status) {
            status.textContent = sentence || element.dataset.offline ||
                'Tidak ada sambungan. Coba lagi.';
            status.className = 'status status--bad';
        }
    }

    async function run(element, url, options) {
        const names = element.dataset.swap.split(' ');
        if (element.getAttribute('aria-busy') === 'true') {
            return;
        }
        if (!element.hasAttribute('data-each')) {
            element.setAttribute('aria-busy', 'true');
        }
        try {
            const answer = await inTurn(function () { return ask(url, options); });
            /* The server is there but not its data: what stands here is all there is to see. */
            if (answer.status === 503 && !answer.page.querySelector(names[0])) {
                const said = answer.page.querySelector('main .lead');
                sayFailed(element, said ? said.textContent : '');
            } else {
                put(answer, names, element);
            }
        } catch (e) {
            sayFailed(element);
        }
        element.removeAttribute('aria-busy');
    }

    /* The form's fields and the button that sent it. */
    function fieldsOf(form, button) {
        const fields = new URLSearchParams(new FormData(form));
        if (button && button.name) {
            fields.append(button.name, button.value);
        }
        return fields;
    }

    document.addEventListener('submit', function (event) {
        const form = event.target;
        if (event.defaultPrevented || !form.dataset.swap) {
            return;
        }
        event.preventDefault();
        const fields = fieldsOf(form, event.submitter);
        const url = form.getAttribute('action');
        if (form.method === 'post') {
            run(form, url, { method: 'POST', body: fields });
        } else {
            run(form, url + '?' + fields, {});
        }
    });

    document.addEventListener('click', function (event) {
        const link = event.target.closest ? event.target.closest('a[data-swap]') : null;
        if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey ||
            event.metaKey || event.shiftKey || event.altKey) {
            return;
        }
        event.preventDefault();
        run(link, link.getAttribute('href'), {});
    });

    window.etalase = { ask: ask, put: put, inTurn: inTurn };
}());
