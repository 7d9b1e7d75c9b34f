/* The till: the queue of scans, keys, sounds, and where the focus is.
 *
 * A scanner is a keyboard that types a code and Enter.  A code is told from other text by what it
 * is, never by how fast it came.  Money and words are made by the server; this file makes none. */
(function () {
    'use strict';

    const PARTS = ['#till-work', '#till-news', '#till-side', '#till-bar', '#status'];
    const RETRY_MS = 2000, SLOW_MS = 3000, BATCH_MAX = 20, SETTLE_MS = 700;
    /* A label: bare, as an address in any case, or garbled by another keyboard layout. */
    const CODE = /(?:^|[/-])[A-HJ-NP-TV-Z][0-9A-HJKMNP-TV-Z]{9}$/;

    const scan = document.getElementById('scan');
    if (!scan || !window.etalase || !window.etalaseSound) {
        return;
    }
    const field = scan.elements.kode;
    const sound = window.etalaseSound;

    function byId(id) {
        return document.getElementById(id);
    }

    function show(id, shown) {
        const element = byId(id);
        if (element) {
            element.hidden = !shown;
        }
    }

    function work() {
        return byId('till-work') || document.createElement('div');
    }

    /* ---- the queue of scans ---- */

    /* {stream, next, waiting: [{seq, code}]}: kept over a reload, so that no scan is lost; the
     * server takes each number of a stream once. */
    const KEPT = 'etalase.scans';
    let queue = null;
    let sending = false, firstWaitAt = 0;

    function newStream() {
        const bytes = crypto.getRandomValues(new Uint8Array(12));
        return Array.from(bytes, function (b) { return ('0' + b.toString(16)).slice(-2); }).join('');
    }

    function loadQueue() {
        try {
            queue = JSON.parse(sessionStorage.getItem(KEPT));
        } catch (e) {
            queue = null;
        }
        if (!queue || !queue.waiting || !queue.waiting.length) {
            queue = { stream: newStream(), next: 1, waiting: [] };
        }
    }

    function keepQueue() {
        try {
            sessionStorage.setItem(KEPT, JSON.stringify(queue));
        } catch (e) {
            /* A browser that keeps nothing still sends them. */
        }
    }

    function showQueue() {
        const n = queue.waiting.length, badge = byId('antrean');
        const slow = n > 0 && firstWaitAt > 0 && Date.now() - firstWaitAt >= SLOW_MS;
        if (badge) {
            badge.hidden = n < 2 && !slow;
            badge.firstElementChild.textContent = n;
        }
        show('macet', slow);
    }

    function batchBody(batch) {
        const body = new URLSearchParams();
        body.append('csrf', scan.elements.csrf.value);
        body.append('aliran', queue.stream);
        body.append('urut', batch[0].seq);
        batch.forEach(function (entry) { body.append('kode', entry.code); });
        return body;
    }

    /* true: the server has dealt with the batch, whatever it said. */
    function taken(answer, batch) {
        const ours = answer.page.querySelector(PARTS[0]);
        if (ours && answer.status < 500) {
            return true;
        }
        if (answer.status === 401 || answer.redirected) {
            location.assign('/masuk?lanjut=%2Fkasir');
        }
        /* A single code that the server will not even read is let go, with a word. */
        if (!ours && answer.status >= 400 && answer.status < 500 && answer.status !== 401 &&
            batch.length === 1) {
            show('ditolak', true);
            sound('bad');
            return true;
        }
        return false;
    }

    let oneByOne = false;

    async function sendBatch() {
        const batch = queue.waiting.slice(0, oneByOne ? 1 : BATCH_MAX);
        const answer = await window.etalase.ask(scan.getAttribute('action'),
            { method: 'POST', body: batchBody(batch) });
        if (!taken(answer, batch)) {
            oneByOne = answer.status < 500;
            throw new Error('not taken');
        }
        queue.waiting.splice(0, batch.length);
        firstWaitAt = queue.waiting.length ? Date.now() : 0;
        oneByOne = oneByOne && queue.waiting.length > 0;
        keepQueue();
        if (answer.page.querySelector(PARTS[0])) {
            window.etalase.put(answer, PARTS);
        }
    }

    async function pump() {
        if (sending) {
            return;
        }
        sending = true;
        while (queue.waiting.length) {
            try {
                await window.etalase.inTurn(sendBatch);
            } catch (e) {
                showQueue();
                await new Promise(function (next) { setTimeout(next, RETRY_MS); });
            }
            showQueue();
        }
        sending = false;
    }

    function enqueue(code) {
        if (!queue.waiting.length) {
            firstWaitAt = Date.now();
        }
        queue.waiting.push({ seq: queue.next, code: code });
        queue.next += 1;
        keepQueue();
        show('ditolak', false);
        showQueue();
        pump();
    }

    /* Reads and clears at once: what the scanner types next stands alone. */
    function takeField() {
        const code = field.value.replace(/[\u0000-\u001f\u007f]/g, ' ').trim();
        field.value = '';
        if (code) {
            enqueue(code);
        } else if (work().dataset.page === 'done' && Date.now() - swappedAt > SETTLE_MS) {
            const next = byId('berikutnya');
            if (next) {
                next.click();
            }
        }
    }

    scan.addEventListener('submit', function (event) {
        event.preventDefault();
        takeField();
    });

    setInterval(showQueue, 500);

    /* ---- focus ---- */

    /* Without a keyboard the field must not call the one on the glass at every swap. */
    const glass = window.matchMedia && matchMedia('(hover: none) and (pointer: coarse)').matches;
    if (glass) {
        field.inputMode = 'none';
        show('ketik', true);
        byId('ketik').addEventListener('click', function () {
            field.inputMode = field.inputMode === 'none' ? 'text' : 'none';
            field.blur();
            field.focus();
        });
    }

    function isText(element) {
        return element && (element.tagName === 'TEXTAREA' || (element.tagName === 'INPUT' &&
            !/^(?:button|submit|checkbox|radio|hidden)$/.test(element.type)));
    }

    function backToField() {
        const active = document.activeElement;
        if (!active || active === document.body || !active.isConnected) {
            field.focus({ preventScroll: true });
        }
    }

    let swappedAt = 0;

    document.addEventListener('etalase:swapped', function (event) {
        const newest = byId('terbaru');
        swappedAt = Date.now();
        show('ditolak', false);
        sound(byId('till-news') ? byId('till-news').dataset.sound : '');
        if (event.detail.parts.length && newest) {
            newest.scrollIntoView({ block: 'nearest' });
        }
        backToField();
        watchAsked();
    });

    /* ---- a payment without an answer ---- */

    /* Asks by the cart's key until the server says yes or no; all else waits meanwhile. */
    async function askUntilSure(key) {
        const url = '/kasir/cek?kunci=' + encodeURIComponent(key);
        show('belum', true);
        for (;;) {
            try {
                const answer = await window.etalase.ask(url, {}, 5000);
                if (answer.status < 500) {
                    show('belum', false);
                    window.etalase.put(answer, PARTS);
                    return;
                }
            } catch (e) {
                /* Still no answer. */
            }
            await new Promise(function (next) { setTimeout(next, RETRY_MS); });
        }
    }

    let asking = '';

    function startAsking(key) {
        if (key && asking !== key) {
            asking = key;
            window.etalase.inTurn(function () { return askUntilSure(key); })
                .then(function () { asking = ''; });
        }
    }

    function watchAsked() {
        startAsking(work().dataset.asked || '');
    }

    /* A press meanwhile is not kept for later: it would pay after "not paid" was said. */
    document.addEventListener('submit', function (event) {
        if (asking && event.target.classList.contains('pays')) {
            event.preventDefault();
        }
    }, true);

    document.addEventListener('etalase:failed', function (event) {
        const form = event.target;
        if (form.elements && form.elements.kunci && form.classList.contains('pays')) {
            event.preventDefault();
            startAsking(form.elements.kunci.value);
        }
    });

    /* ---- keys ---- */

    function press(id) {
        const button = byId(id);
        if (button && !button.disabled) {
            button.click();
        }
    }

    function payKey() {
        const cash = byId('uang');
        if (!cash || !cash.offsetParent) {
            press('ke-bayar');
        } else if (cash.value && document.activeElement === cash) {
            press('bayar-tunai');
        } else {
            cash.focus();
            cash.select();
        }
    }

    function escapeKey() {
        if (field.value) {
            field.value = '';
        } else {
            press('tutup-cari');
        }
        field.focus();
    }

    /* true: the key was ours. */
    function commandKey(event) {
        const active = document.activeElement;
        const empty = !isText(active) || (active === field && !field.value);
        if (event.ctrlKey && (event.key === 'z' || event.key === 'Z') && empty && !event.shiftKey) {
            press('urungkan');
            return true;
        }
        if (event.ctrlKey || event.altKey || event.metaKey) {
            return false;
        }
        switch (event.key) {
        case 'F2': payKey(); return true;
        case 'F4': field.focus(); field.select(); return true;
        case 'F8': press('uang-pas'); return true;
        case 'Escape': escapeKey(); return true;
        case 'Delete':
            if (empty) {
                press('hapus-terbaru');
            }
            return empty;
        default: return false;
        }
    }

    /* Up and down among what was found. */
    function arrowKey(event) {
        const hits = Array.from(document.querySelectorAll('button.hit'));
        const at = hits.indexOf(document.activeElement);
        if (!hits.length || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') ||
            (at < 0 && document.activeElement !== field)) {
            return false;
        }
        const to = at + (event.key === 'ArrowDown' ? 1 : -1);
        (to < 0 ? field : hits[Math.min(to, hits.length - 1)]).focus();
        return true;
    }

    /* A scanner's Enter in another field: the amount that was typed before the code stays. */
    function foreignCode(event) {
        const other = event.target;
        if (event.key !== 'Enter' || other === field || !isText(other)) {
            return false;
        }
        const parts = /^([\d., ]*)(.*)$/.exec(other.value.trim());
        const code = parts ? parts[2].toUpperCase() : '';
        if (!CODE.test(code)) {
            return false;
        }
        other.value = parts[1].trim();
        enqueue(code);
        return true;
    }

    document.addEventListener('keydown', function (event) {
        if (event.isComposing) {
            return;
        }
        if (event.repeat && (event.key === 'Enter' || event.key === 'F8')) {
            event.preventDefault();
            event.stopPropagation();
            return;
        }
        if (foreignCode(event) || commandKey(event) || arrowKey(event)) {
            event.preventDefault();
            event.stopPropagation();
            return;
        }
        const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey &&
            !event.metaKey && !event.altKey;
        if (types && !isText(document.activeElement)) {
            field.focus(); /* before the character lands, so that none is lost */
        }
    }, true);

    window.addEventListener('pageshow', backToField);

    loadQueue();
    showQueue();
    backToField();
    watchAsked();
    pump();
}());
