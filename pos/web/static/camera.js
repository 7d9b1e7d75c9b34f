/* The camera as a reader of codes: window.etalaseCamera.
 *
 * A page says where the picture goes and what to do with a text; this file opens the camera, looks
 * about ten times a second at the square that is seen, and reads photos.  The browser's own detector
 * does it where it really knows QR codes, else a worker. */
(function () {
    'use strict';

    const FRAME_MS = 100, PICTURE_MAX = 720, PHOTO_SIDES = [1600, 1000, 640];
    const KEPT = 'etalase.camera';
    const here = document.currentScript ? document.currentScript.src : location.href;

    /* ---- reading a picture ---- */

    async function nativeReader() {
        const Detector = window.BarcodeDetector;
        const formats = Detector ? await Detector.getSupportedFormats().catch(function () {
            return [];
        }) : [];
        if (formats.indexOf('qr_code') < 0) {
            return null;
        }
        const detector = new Detector({ formats: ['qr_code'] });
        return async function (canvas) {
            const found = await detector.detect(canvas);
            return found.length ? found[0].rawValue : '';
        };
    }

    function workerReader() {
        return new Promise(function (ready, failed) {
            const worker = new Worker(new URL('scan_worker.js', here), { type: 'module' });
            const waiting = new Map();
            let next = 1;

            function read(canvas) {
                const picture = canvas.getContext('2d')
                    .getImageData(0, 0, canvas.width, canvas.height);
                const id = next++;
                return new Promise(function (done) {
                    waiting.set(id, done);
                    worker.postMessage({ id: id, width: picture.width, height: picture.height,
                                         data: picture.data.buffer }, [picture.data.buffer]);
                });
            }

            worker.addEventListener('error', failed);
            worker.addEventListener('message', function (event) {
                const done = waiting.get(event.data.id);
                if (event.data.ready) {
                    ready(read);
                } else if (done) {
                    waiting.delete(event.data.id);
                    done(event.data.text);
                }
            });
        });
    }

    let reader = null;

    /* Resolves to a function canvas -> promise of the text, "" for none. */
    function theReader() {
        if (!reader) {
            reader = nativeReader().then(function (own) { return own || workerReader(); });
            reader.catch(function () { reader = null; });
        }
        return reader;
    }

    function canvasOf(source, width, height, box) {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        canvas.getContext('2d', { willReadFrequently: true })
            .drawImage(source, box.x, box.y, box.width, box.height, 0, 0, width, height);
        return canvas;
    }

    /* The text in a photo, "" when none could be read; large, then smaller. */
    async function readPhoto(file) {
        const read = await theReader(), picture = await createImageBitmap(file);
        const long = Math.max(picture.width, picture.height);
        const box = { x: 0, y: 0, width: picture.width, height: picture.height };
        for (const side of PHOTO_SIDES) {
            const scale = Math.min(1, side / long);
            const text = await read(canvasOf(picture, Math.round(picture.width * scale),
                                             Math.round(picture.height * scale), box));
            if (text) {
                return text;
            }
        }
        return '';
    }

    /* ---- the camera ---- */

    function wish() {
        let id = null;
        try {
            id = localStorage.getItem(KEPT);
        } catch (e) {
            /* A browser that keeps nothing has no favourite lens. */
        }
        const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
        return id ? Object.assign({ deviceId: { exact: id } }, size)
            : Object.assign({ facingMode: 'environment' }, size);
    }

    function keepWish(id) {
        try {
            if (id) {
                localStorage.setItem(KEPT, id);
            } else {
                localStorage.removeItem(KEPT);
            }
        } catch (e) {
            /* It is asked for again. */
        }
    }

    /* What kept the camera from opening, by the element that says what to do. */
    function reason(error) {
        switch (error.name) {
        case 'NotAllowedError': case 'SecurityError': return 'denied';
        case 'NotFoundError': case 'OverconstrainedError': return 'none';
        case 'NotReadableError': case 'AbortError': return 'busy';
        default: return 'reader';
        }
    }

    async function openStream() {
        try {
            return await navigator.mediaDevices.getUserMedia({ video: wish(), audio: false });
        } catch (error) {
            if (error.name !== 'OverconstrainedError') {
                throw error;
            }
            keepWish(null); /* the lens that was chosen once is gone */
            return navigator.mediaDevices.getUserMedia({ video: wish(), audio: false });
        }
    }

    /* new Camera(video, found): open() resolves to "" or the reason why not. */
    function Camera(video, found) {
        this.video = video;
        this.found = found;
        this.stream = null;
        this.turn = 0;
        this.near = false;
    }

    Camera.prototype.open = async function () {
        if (!window.isSecureContext || !navigator.mediaDevices) {
            return 'insecure';
        }
        this.close();
        const turn = this.turn;
        try {
            const stream = await openStream();
            if (turn !== this.turn) { /* closed again meanwhile */
                stream.getTracks().forEach(function (track) { track.stop(); });
                return '';
            }
            this.stream = stream;
            this.video.srcObject = stream;
            await this.video.play();
            this.look(await theReader(), turn);
        } catch (error) {
            if (turn === this.turn) {
                this.close();
                return reason(error);
            }
        }
        return '';
    };

    Camera.prototype.close = function () {
        this.turn += 1;
        if (this.stream) {
            this.stream.getTracks().forEach(function (track) { track.stop(); });
        }
        this.stream = null;
        this.video.srcObject = null;
    };

    /* The square that is seen, and every other time its middle, for small labels. */
    Camera.prototype.frame = function () {
        const width = this.video.videoWidth, height = this.video.videoHeight;
        const side = Math.round(Math.min(width, height) * (this.near ? 0.6 : 1));
        const out = Math.min(side, PICTURE_MAX);
        this.near = !this.near;
        return canvasOf(this.video, out, out, { x: (width - side) / 2, y: (height - side) / 2,
                                                width: side, height: side });
    };

    Camera.prototype.look = async function (read, turn) {
        while (turn === this.turn) {
            const began = Date.now();
            if (this.video.videoWidth) {
                const text = await read(this.frame()).catch(function () { return ''; });
                if (text && turn === this.turn) {
                    this.found(text);
                }
            }
            await new Promise(function (next) {
                setTimeout(next, Math.max(10, FRAME_MS - (Date.now() - began)));
            });
        }
    };

    Camera.prototype.hasTorch = function () {
        const track = this.stream && this.stream.getVideoTracks()[0];
        return Boolean(track && track.getCapabilities && track.getCapabilities().torch);
    };

    Camera.prototype.torch = function (on) {
        return this.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
    };

    async function lenses() {
        const all = await navigator.mediaDevices.enumerateDevices();
        return all.filter(function (device) { return device.kind === 'videoinput'; });
    }

    Camera.prototype.hasOther = async function () {
        return (await lenses()).length > 1;
    };

    /* The next lens, which is remembered. */
    Camera.prototype.other = async function () {
        const all = await lenses(), track = this.stream && this.stream.getVideoTracks()[0];
        const now = track && track.getSettings ? track.getSettings().deviceId : '';
        const at = all.findIndex(function (device) { return device.deviceId === now; });
        keepWish(all.length ? all[(at + 1) % all.length].deviceId : null);
        return this.open();
    };

    window.etalaseCamera = { Camera: Camera, readPhoto: readPhoto };
}());
