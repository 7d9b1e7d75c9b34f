/* The phone's scanning pages: hits of the camera, photos and typed codes go into one queue, and from
 * there to the server, one request at a time and in order.
 *
 * Every entry has a key made when it was read, so that an answer that was lost counts nothing twice.
 * Sentences come from the server or stand hidden in the page; this file makes none. */
(function () {
    'use strict';

    const PARTS = ['#m-kabar', '#m-isi', '#m-banyak', '#m-sudah', '#status'];
    const RETRY_MS = 2000, SLOW_MS = 3000, IDLE_MS = 60000, SAME_MS = 2000, FLASH_MS = 250;
    const WHY = ['insecure', 'denied', 'none', 'busy', 'reader', 'idle', 'photo'];

    const scan = document.getElementById('scan');
    if (!scan || !window.etalase || !window.etalaseSound || !window.etalaseCamera) {
        return;
    }
    const field = scan.elements.kode, posts = scan.method === 'post';
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

    /* ---- the queue ---- */

    /* [{key, code, qty}]: kept over a reload, one list an address. */
    const KEPT = 'etalase.pindai ' + scan.getAttribute('action');
    let waiting = [], sending = false, waitsSince = 0;

    function newKey() {
        const bytes = crypto.getRandomValues(new Uint8Array(16));
        return Array.from(bytes, function (b) { return ('0' + b.toString(16)).slice(-2); }).join('');
    }

    function load() {
        try {
            waiting = JSON.parse(sessionStorage.getItem(KEPT)) || [];
        } catch (e) {
            waiting = [];
        }
        waitsSince = waiting.length ? Date.now() : 0;
    }

    function keep() {
        try {
            sessionStorage.setItem(KEPT, JSON.stringify(waiting));
        } catch (e) {
            /* A browser that keeps nothing still sends them. */
        }
    }

    function showQueue() {
        const slow = waiting.length > 0 && sending && Date.now() - waitsSince >= SLOW_MS;
        const badge = byId('antrean');
        if (badge) {
            badge.hidden = waiting.length < 2 && !slow;
            badge.firstElementChild.textContent = waiting.length;
        }
        show('macet', slow);
    }

    /* The form as it stands now: what was scanned before travels in it. */
    function bodyOf(entry) {
        const body = new URLSearchParams(new FormData(scan));
        body.set('kode', entry.code);
        if (posts) {
            body.set('kunci', entry.key);
        }
        if (entry.qty) {
            body.set('jumlah', entry.qty);
        }
        return body;
    }

    /* true: the server has dealt with it, whatever it said. */
    function taken(answer) {
        const ours = answer.page.querySelector(PARTS[0]);
        if (ours && answer.status < 500) {
            return true;
        }
        if (answer.status === 401 || new URL(answer.url).pathname === '/masuk') {
            location.assign('/masuk?lanjut=' +
                encodeURIComponent(location.pathname + location.search));
            return false;
        }
        if (!ours && answer.status >= 400 && answer.status < 500) {
            show('ditolak', true);
            sound('bad');
            return true;
        }
        return false;
    }

    async function sendFirst() {
        const entry = waiting[0], body = bodyOf(entry), url = scan.getAttribute('action');
        const answer = posts ? await window.etalase.ask(url, { method: 'POST', body: body })
            : await window.etalase.ask(url + '?' + body, {});
        if (!taken(answer)) {
            throw new Error('not taken');
        }
        waiting.splice(waiting.indexOf(entry), 1);
        waitsSince = waiting.length ? Date.now() : 0;
        keep();
        if (answer.page.querySelector(PARTS[0])) {
            window.etalase.put(answer, PARTS);
        }
    }

    /* While the page asks how many, what was scanned after it waits. */
    function asking() {
        const panel = byId('m-banyak');
        return Boolean(panel && panel.querySelector('form'));
    }

    async function pump() {
        if (sending) {
            return;
        }
        sending = true;
        while (waiting.length && (!asking() || waiting[0].qty)) {
            try {
                await window.etalase.inTurn(sendFirst);
            } catch (e) {
                showQueue();
                await new Promise(function (next) { setTimeout(next, RETRY_MS); });
            }
            showQueue();
        }
        sending = false;
        showQueue();
    }

    function add(entry, first) {
        if (!waiting.length) {
            waitsSince = Date.now();
        }
        waiting[first ? 'unshift' : 'push'](Object.assign({ key: newKey() }, entry));
        keep();
        show('ditolak', false);
        showQueue();
        pump();
    }

    scan.addEventListener('submit', function (event) {
        const code = field.value.trim();
        event.preventDefault();
        field.value = ''; /* at once: what is typed next stands alone */
        if (code) {
            add({ code: code });
        }
    });

    /* ---- how many of a counted lot ---- */

    document.addEventListener('submit', function (event) {
        const form = event.target;
        if (!form.closest('#m-banyak')) {
            return;
        }
        event.preventDefault();
        if (form.elements.jumlah.value.trim()) {
            add({ code: form.elements.kode.value, qty: form.elements.jumlah.value.trim() }, true);
        }
    });

    /* Our own keys: a phone with a Bluetooth scanner shows no keyboard. */
    document.addEventListener('click', function (event) {
        const key = event.target.closest('[data-angka]');
        const number = key ? key.closest('form').elements.jumlah : null;
        if (number) {
            number.value = key.dataset.angka === 'hapus' ? number.value.slice(0, -1)
                : number.value + key.dataset.angka;
        }
    });

    function openPad() {
        const panel = byId('m-banyak'), pad = panel && panel.querySelector('.pad');
        document.body.classList.toggle('asks', Boolean(pad));
        if (pad) {
            const number = panel.querySelector('[name=jumlah]');
            pad.hidden = false;
            number.inputMode = 'none'; /* before the focus, which would call the other one */
            number.focus();
        }
    }

    document.addEventListener('etalase:swapped', function () {
        const news = byId('m-kabar');
        sound(news ? news.dataset.sound : '');
        openPad();
        pump();
    });

    /* ---- the camera ---- */

    const video = byId('kamera'), box = byId('bidik');
    const camera = new window.etalaseCamera.Camera(video, hit);
    const seen = new Map();
    let lastHit = 0, lit = false, wanted = false;

    function hit(text) {
        const before = seen.get(text) || 0, now = Date.now();
        if (asking()) {
            return;
        }
        seen.set(text, now);
        if (now - before < SAME_MS) {
            return; /* it has not left the picture */
        }
        lastHit = now;
        box.classList.add('viewer--hit');
        setTimeout(function () { box.classList.remove('viewer--hit'); }, FLASH_MS);
        add({ code: text });
    }

    function say(why) {
        WHY.forEach(function (name) { show('kamera-' + name, name === why); });
    }

    async function showTools() {
        const on = Boolean(camera.stream);
        box.hidden = !on;
        show('nyalakan', !on);
        show('matikan', on);
        show('senter', on && camera.hasTorch());
        show('ganti', on && await camera.hasOther());
    }

    async function start(other) {
        say('');
        wanted = true;
        lit = false;
        lastHit = Date.now();
        box.hidden = false;
        say(other ? await camera.other() : await camera.open());
        await showTools();
    }

    function stop(why) {
        camera.close();
        say(why);
        showTools();
    }

    function press(id, work) {
        const button = byId(id);
        if (button) {
            button.addEventListener('click', work);
        }
    }

    press('nyalakan', function () { start(false); });
    press('matikan', function () { wanted = false; stop(''); });
    press('ganti', function () { start(true); });
    press('senter', function () {
        lit = !lit;
        camera.torch(lit).catch(function () { show('senter', false); });
        byId('senter').setAttribute('aria-pressed', String(lit));
    });
    press('ketik', function () { field.focus(); field.scrollIntoView({ block: 'center' }); });

    byId('foto').addEventListener('change', async function () {
        const file = this.files[0];
        this.value = '';
        if (!file) {
            return;
        }
        say('');
        const text = await window.etalaseCamera.readPhoto(file).catch(function () { return ''; });
        if (text) {
            add({ code: text });
        } else {
            say('photo');
            sound('bad');
        }
    });

    setInterval(function () {
        showQueue();
        if (camera.stream && Date.now() - lastHit >= IDLE_MS) {
            wanted = false;
            stop('idle');
        }
    }, 500);

    /* A page that is not seen gives the camera back. */
    document.addEventListener('visibilitychange', function () {
        if (document.hidden && camera.stream) {
            stop('');
        } else if (!document.hidden && wanted) {
            start(false);
        }
    });

    /* Opens by itself only where that asks nothing. */
    async function begin() {
        show('pindaian', true);
        await showTools();
        if (!window.isSecureContext || !navigator.mediaDevices) {
            say('insecure');
            show('nyalakan', false);
            return;
        }
        const state = navigator.permissions ? await navigator.permissions.query({ name: 'camera' })
            .catch(function () { return {}; }) : {};
        if (state.state === 'granted') {
            start(false);
        }
    }

    /* A scanner that is a keyboard, with the focus anywhere. */
    document.addEventListener('keydown', function (event) {
        const active = document.activeElement;
        const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey &&
            !event.metaKey && !event.altKey;
        if (types && !(active && /^(?:INPUT|TEXTAREA|SELECT)$/.test(active.tagName))) {
            field.focus();
        }
    }, true);

    load();
    openPad();
    showQueue();
    begin();
    pump();
}());
