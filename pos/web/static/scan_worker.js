/* Reads QR codes in pictures, away from the page's own thread.  decode.js and index.js come from npm
 * (package `qr`) as they are; /s/{hash}/qr-license.txt is their licence. */
import { decodeQR } from './decode.js';

/* {id, width, height, data: ArrayBuffer of RGBA} -> {id, text}; text "" when there is none. */
self.addEventListener('message', function (event) {
    const { id, width, height, data } = event.data;
    let text = '';
    try {
        text = decodeQR({ width: width, height: height, data: new Uint8ClampedArray(data) });
    } catch (e) {
        /* No code in this picture, or none that can be read: the next one comes in a moment. */
    }
    self.postMessage({ id: id, text: text });
});

self.postMessage({ ready: true });
